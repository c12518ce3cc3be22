// Who works on this device: position and name, asked once and sent with every change.
import { keep, recall } from "./storage.js";

/** Position and name, or "" when it was not asked yet. */
export const personName = () => recall("person", "");

/** Keep position and name on this device. */
export const setPersonName = (name) => keep("person", name.trim().replace(/\s+/g, " ") || null);
