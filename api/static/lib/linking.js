// The three places that show one citation: its sentence, its chips, its row among the sources.

/**
 * Mark what rests on citation `number` within `turn`: the one `sentence` it was opened from, or all
 * of them. A `number` of null clears the marks.
 */
export function linkCitation(turn, number, sentence) {
  const wanted = number === null ? null : String(number);
  const rests = (mark) => wanted !== null && mark.dataset.cites.split(" ").includes(wanted);
  if (wanted) for (const text of turn.querySelectorAll("answer-text")) text.reveal(wanted);
  const only = sentence && turn.contains(sentence) && rests(sentence) ? sentence : null;
  for (const mark of turn.querySelectorAll("sentence-mark")) {
    mark.classList.toggle("linked", only ? mark === only : rests(mark));
  }
  for (const chip of turn.querySelectorAll("[data-cite]")) {
    const elsewhere = only && chip.closest("sentence-mark") && !only.contains(chip);
    chip.classList.toggle("active", chip.dataset.cite === wanted && !elsewhere);
  }
}
