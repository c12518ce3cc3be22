// What people do with tables over many files: begin jobs, steer them, choose columns, decide on cells.
import { showAids } from "../components/job-aids.js";
import { askColumn, askJob, askValue } from "../components/job-dialogs.js";
import { t } from "./i18n.js";
import { JobSheet } from "./job-sheet.js";
import * as api from "./jobs.js";
import { complain, toast } from "./notify.js";
import { askPerson } from "../components/person-dialog.js";
import * as router from "./router.js";
import { keep, recall } from "./storage.js";

const SHOWN = 7;
const REFRESH_MS = 5_000;

export class JobDesk extends EventTarget {
  sheet = new JobSheet();
  jobs = null;
  error = null;
  facts = {};
  #items = new Map();
  #timer = null;

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
    return kept?.length ? kept : names.slice(0, SHOWN);
  }

  choose(names) {
    keep(`columns.${this.sheet.job.table.name}`, names);
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
    const { title, table, collectionId } = asked;
    const job = await this.#attempt(() => api.create({ title, table, collection_id: collectionId, by }));
    if (!job) return;
    router.go({ area: "applications", item: job.job_id });
    const failed = [];
    for (const file of asked.files)
      try {
        await api.addFile(job.job_id, file);
      } catch (error) {
        failed.push(`${file.name}: ${error.detail}`);
      }
    if (failed.length) toast(t("job.not_taken", { n: failed.length, first: failed[0] }), { symbol: "circle-alert" });
  }

  steer = (how) => this.#attempt(() => this.sheet.steer(how), t(`job.did.${how}`));

  async runAgain(body) {
    const count = await this.#attempt(() => this.sheet.runAgain(body));
    if (count) toast(t("job.running_again", { n: count }));
  }

  async newColumn() {
    const { job, rows } = this.sheet;
    const column = await askColumn({ job, rows });
    if (!column) return;
    const by = await askPerson();
    if (!by) return;
    const isOwn = !job.table.is_shipped;
    const name = isOwn ? job.table.name : `own_${job.table.name}`.slice(0, 40);
    const data = { ...job.table.data, name, title: isOwn ? job.table.title : t("column.own", { title: job.table.title }) };
    data.columns = [...(data.columns ?? []), column];
    const based = isOwn ? job.table.version : await this.#version(name);
    const saved = await this.#attempt(() => api.saveTable(name, { data, by, based_on: based }), t("column.kept"));
    if (saved) toast(t("column.next_job", { title: saved.title }));
  }

  async #version(name) {
    const known = (await api.tables()).find((one) => one.name === name);
    return known?.version ?? 0;
  }

  showAids() {
    return showAids(this.sheet);
  }

  // -- one cell -----------------------------------------------------------------------------

  /** The whole row if it is known as it stands now. */
  known(row) {
    const kept = this.#items.get(row.item_id);
    return kept?.changed === row.changed ? kept : null;
  }

  async item(row) {
    const known = this.known(row);
    if (known) return known;
    try {
      const item = await api.item(this.sheet.id, row.item_id);
      this.#items.set(row.item_id, item);
      return item;
    } catch (error) {
      complain(error);
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
