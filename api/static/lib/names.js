// Names of collections by id, for texts that the server gives as ids.

const names = new Map();

/** Learn the names of `collections`. */
export function learnCollections(collections) {
  for (const { collection_id: id, name } of collections) names.set(id, name);
}

/** The name of a collection; what is not an id stays as it is. */
export const collectionName = (id) => names.get(id) ?? id;
