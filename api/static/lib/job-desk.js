// What people do with tables over many files: begin jobs, steer them, choose columns, decide on cells.
import { openDialog } from "../components/confirm-dialog.js";
import { firstColumns } from "../components/job-columns.js";
import { askColumn, askJob, askValue } from "../components/job-dialogs.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { JobSheet } from "./job-sheet.js";
import * as api from "./jobs.js";
import { complain, toast } from "./notify.js";
import { askPerson } from "../components/person-dialog.js";
import * as router from "./router.js";
import { keep, recall } from "./storage.js";

const REFRESH_MS = 5_000;
const AHEAD_MS = 60;

export class JobDesk extends EventTarget {
  sheet = new JobSheet();
  jobs = null;
  error = null;
  facts = {};
  #items = new Map();
  #rest = new Map();
  #timer = null;
  #ahead = null;

  constructor() {
    super();
    this.sheet.addEventListener("change", () => this.#changed());
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }

  /** Show a job, or the list with "". */
  open(id) {
    clearTimeout(this.#timer);
    if (id) {
      if (id !== this.sheet.id) this.#items.clear();
      this.sheet.open(id);
    } else {
      this.sheet.close();
      this.readJobs();
    }
  }

  leave() {
    clearTimeout(this.#timer);
    this.sheet.close();
  }

  async readJobs() {
    clearTimeout(this.#timer);
    try {
      this.jobs = await api.jobs();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    if (!this.sheet.id && this.jobs?.some((job) => job.state === "running"))
      this.#timer = setTimeout(() => this.readJobs(), REFRESH_MS);
    this.#changed();
  }

  async #attempt(work, done = "") {
    try {
      const result = await work();
      if (result !== false && done) toast(done);
      return result;
    } catch (error) {
      complain(error);
      return false;
    }
  }

  /** The names of the shown columns of the open job's table, in order. */
  get chosen() {
    const { table } = this.sheet.job;
    const names = table.columns.map((one) => one.name);
    const kept = recall(`columns.${table.name}`, null)?.filter((name) => names.includes(name));
    return kept?.length ? kept : firstColumns(table);
  }

  choose(names, table = this.sheet.job.table.name) {
    keep(`columns.${table}`, names);
    this.#changed();
  }

  async begin() {
    const tables = await this.#attempt(() => api.tables());
    if (!tables) return;
    const asked = await askJob({ tables, collections: this.facts.collections ?? [], types: this.facts.me?.file_types });
    if (!asked) return;
    if (!asked.files.length && !asked.collectionId) {
      toast(t("job.no_files"), { symbol: "circle-alert" });
      return;
    }
    const by = await askPerson();
    if (!by) return;
    const { title, table, collectionId, files, isTrial } = asked;
    const job = await this.#attempt(() => api.create({ title, table, collection_id: collectionId, by }));
    if (!job) return;
    router.go({ area: "applications", item: job.job_id });
    const now = isTrial ? files.slice(0, 1) : files;
    this.#rest.set(job.job_id, files.slice(now.length));
    await this.addFiles(job.job_id, now);
  }

  /** How many files were chosen for the open job and wait until the first one was looked at. */
  get rest() {
    return this.#rest.get(this.sheet.id)?.length ?? 0;
  }

  addRest() {
    const files = this.#rest.get(this.sheet.id);
    this.#rest.delete(this.sheet.id);
    return this.addFiles(this.sheet.id, files);
  }

  /** Send files to a job, one after the other; says of those that were not taken. */
  async addFiles(id, files) {
    const failed = [];
    for (const file of files)
      try {
        await api.addFile(id, file);
        // A job without files has ended: it begins with the first one.
        if (this.sheet.id === id) this.sheet.follow();
      } catch (error) {
        failed.push(`${file.name}: ${error.detail}`);
      }
    if (failed.length) toast(t("job.not_taken", { n: failed.length, first: failed[0] }), { symbol: "circle-alert" });
  }

  /** Make the report for the deliberation meeting and open it. */
  async report() {
    const by = await askPerson();
    const made = by && (await this.#attempt(() => api.makeReport(this.sheet.id, by)));
    if (made) router.go({ area: "drafts", item: made.paper_id });
  }

  /** Take a job away for good, once the person has said so. */
  async remove() {
    const { job_id: id, title } = this.sheet.job;
    const body = [h("p", {}, t("job.remove.text", { title }))];
    if (!(await openDialog({ title: t("job.remove"), body, submit: t("job.remove.do"), danger: true }))) return;
    const gone = await this.#attempt(() => api.remove(id).then(() => true), t("job.removed"));
    if (gone) router.go({ area: "applications" });
  }

  steer = (how) => this.#attempt(() => this.sheet.steer(how), t(`job.did.${how}`));

  async runAgain(body) {
    const count = await this.#attempt(() => this.sheet.runAgain(body));
    if (count) toast(t("job.running_again", { n: count }));
  }

  /** Make a column; `open` is the row to try it on first. Then all files may be filled anew. */
  async newColumn(open) {
    const { job, rows } = this.sheet;
    const column = await askColumn({ job, rows, open });
    if (!column) return;
    const by = await askPerson();
    if (!by) return;
    const saved = await this.#attempt(() => this.#saveColumn(job.table, column, by));
    if (!saved) return;
    this.choose([...this.chosen, column.name], saved.name);
    const question = { title: t("column.all"), body: [h("p", {}, t("column.all.text", { title: saved.title }))], submit: t("column.fill"), cancel: t("column.later") };
    if (!(await openDialog(question))) return;
    const { title, job_id: id } = job;
    const made = await this.#attempt(() => api.create({ title, table: saved.name, same_files_as: id, by }));
    if (made) router.go({ area: "applications", item: made.job_id });
  }

  async #saveColumn(table, column, by) {
    const name = table.is_shipped ? `own_${table.name}`.slice(0, 40) : table.name;
    // Columns that were made before stay, also where the job was begun without them.
    const known = (await api.tables()).find((one) => one.name === name);
    const base = known ?? table;
    const title = known?.title ?? t("column.own", { title: table.title });
    const data = { ...base.data, name, title, columns: [...(base.data.columns ?? []), column] };
    return api.saveTable(name, { data, by, based_on: known?.version ?? 0 });
  }

  // -- one cell -----------------------------------------------------------------------------

  /** Fetch rows that are likely to be looked at next. */
  readAhead(rows) {
    clearTimeout(this.#ahead);
    this.#ahead = setTimeout(() => {
      for (const row of rows) if (row.state !== "waiting" && !this.known(row)) this.item(row, { quiet: true });
    }, AHEAD_MS);
  }

  /** The whole row as it was looked at last: shown until it has been read anew. */
  lately(row) {
    return this.#items.get(row.item_id) ?? null;
  }

  /** The whole row if it is known as it stands now. */
  known(row) {
    const kept = this.#items.get(row.item_id);
    return kept?.changed === row.changed ? kept : null;
  }

  async item(row, { quiet = false } = {}) {
    const known = this.known(row);
    if (known) return known;
    try {
      const item = await api.item(this.sheet.id, row.item_id);
      this.#items.set(row.item_id, item);
      return item;
    } catch (error) {
      if (!quiet) complain(error);
      return null;
    }
  }

  async correct(id, name) {
    const row = this.sheet.row(id);
    const column = this.sheet.job.table.columns.find((one) => one.name === name);
    if (!row || !column) return;
    const values = await askValue({ column, cell: row.cells[name] ?? { value: "" } });
    if (values) await this.#attempt(() => this.sheet.correct(id, name, values.value, values.reason), t("cell.kept"));
  }

  take = (id, name, value) => this.#attempt(() => this.sheet.correct(id, name, value), t("cell.kept"));
  withdraw = (id, name) => this.#attempt(() => this.sheet.withdraw(id, name), t("cell.withdrawn"));
  cellAgain = (id, name) => this.runAgain({ item_ids: [id], columns: [name] });
  confirm = (id, isOn) => this.#attempt(() => this.sheet.confirm(id, isOn), t(isOn ? "row.confirmed_now" : "row.unconfirmed"));
}
