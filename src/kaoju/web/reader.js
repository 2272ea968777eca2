// The reader beside the page, or over it where that is narrow: an article with marks, or what
// another view puts there. What is opened from inside it lies on top and leads back.

import { $, NARROW, TAGS, call, el, meta, page, problemBox, say } from "./page.js";

let panels = []; // what to draw, the last one shown
let opener = null; // what to focus again when the reader closes
let turn = 0; // counts openings, so that a late article is dropped

// An article with marks on it; the current one is scrolled to, and ``kept`` leads back.
export async function openArticle(id, options = {}) {
  const { marks = [], current = -1, version = null, from = null, kept = false } = options;
  const mine = ++turn;
  const path = `/v1/articles/${encodeURIComponent(id)}/blocks`;
  const query = new URLSearchParams(marks.map(({ start, end }) => ["mark", `${start}-${end}`]));
  if (version) query.set("version", version);
  let changed = false;
  let marked = null;
  let problem = null;
  try {
    marked = await call(`${path}?${query}`).catch((error) => {
      if (error.status !== 404 && error.status !== 422) throw error;
      changed = true;
      return call(path);
    });
  } catch (error) {
    problem = error;
  }
  if (mine !== turn) return;
  const draw = () => (problem ? [problemBox(problem)] : article(marked, changed ? -1 : current, changed));
  show(draw, { from, kept });
}

// Show what ``draw`` makes, again whenever the language changes.
export function show(draw, { from = null, kept = false } = {}) {
  turn += 1;
  if (!kept) {
    panels = [];
    opener = from;
  }
  panels.push(draw);
  renderReader();
  const box = $("reader");
  const target = box.querySelector("mark.current");
  if (target) target.scrollIntoView({ block: "center" });
  else box.scrollTop = 0;
  box.querySelector("h2")?.focus({ preventScroll: true });
}

export function renderReader() {
  const box = $("reader");
  const open = panels.length > 0;
  box.hidden = !open;
  $("desk").classList.toggle("reading", open);
  // On a narrow screen the reader lies over the page, which must not take the focus then.
  $("main").inert = open && NARROW.matches;
  if (!open) {
    box.replaceChildren();
    return;
  }
  const leave = el("button", { type: "button", class: "quiet", onclick: () => closeReader(true) }, say("close"));
  const back =
    panels.length > 1 ? el("button", { type: "button", class: "quiet", onclick: goBack }, say("back")) : null;
  box.replaceChildren(el("div", { class: "bar" }, back, leave), ...panels.at(-1)());
}

function goBack() {
  panels.pop();
  renderReader();
  $("reader").scrollTop = 0;
  $("reader").querySelector("h2")?.focus({ preventScroll: true });
}

function article({ article, blocks }, current, changed) {
  const source = article.url || article.source;
  return [
    el("h2", { tabindex: "-1", lang: TAGS[article.language] }, article.title),
    el("p", { class: "meta" }, ...meta({ ...article, document_id: article.id, source })),
    ...(changed ? [el("p", { class: "changed" }, say("changed"))] : []),
    el("div", { class: "text", lang: TAGS[article.language] }, ...blocks.map((one) => block(one, current))),
  ];
}

function block({ level, after_blank, pieces }, current) {
  const tag = level ? `h${Math.min(level + 2, 6)}` : "p";
  return el(
    tag,
    { class: after_blank ? "spaced" : null },
    ...pieces.map(({ text, marks }) => {
      if (!marks.length) return text;
      return el("mark", { class: marks.includes(current) ? "current" : null }, text);
    }),
  );
}

export function closeReader(refocus = false) {
  turn += 1;
  if (!panels.length) return;
  panels = [];
  renderReader();
  if (refocus && opener && opener.isConnected) opener.focus();
}

// What gets the focus back when the reader closes.
export function openedFrom(node) {
  opener = node;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panels.length) closeReader(true);
});
NARROW.addEventListener("change", () => {
  $("main").inert = panels.length > 0 && NARROW.matches;
});
