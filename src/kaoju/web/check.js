// The view that checks a draft: every figure marked where it stands, its verdict in the reader.

import { $, TAGS, blockquote, el, locale, meta, page, post, problemBox, say } from "./page.js";
import { closeReader, openArticle, openedFrom, show } from "./reader.js";

const SIGNS = {
  supported: "✓",
  supported_rounded: "≈",
  contradicted: "✗",
  outdated: "↻",
  conflicting_sources: "⇄",
  needs_context: "!",
  not_found: "?",
  not_checkable: "–",
};

let found = null; // the last answer
let problem = null;
let chosen = -1; // the verdict in the reader
let turn = 0; // counts checks, so that a late answer to an earlier one is dropped

async function check(text) {
  const mine = ++turn;
  $("verdicts").setAttribute("aria-busy", "true");
  $("check-status").textContent = say("checking");
  const body = { text };
  if ($("day").value) body.reference_date = $("day").value;
  let answer = null;
  let failure = null;
  try {
    answer = await post("/v1/check", body);
  } catch (error) {
    failure = error;
  }
  if (mine !== turn) return;
  closeReader();
  found = answer;
  problem = failure;
  chosen = -1;
  $("verdicts").removeAttribute("aria-busy");
  renderCheck();
  $("check-status").scrollIntoView({ block: "start" });
}

export function renderCheck() {
  const box = $("verdicts");
  box.hidden = !found && !problem;
  $("example").hidden = Boolean(found);
  $("check-status").textContent = found ? say("checked", found.verdicts.length) : "";
  if (problem) {
    box.replaceChildren(problemBox(problem));
    return;
  }
  if (!found) return;
  const figures = found.verdicts.length > 0;
  box.replaceChildren(
    ...(figures ? [tally(), el("p", { class: "hint" }, say("figureHint"))] : []),
    el("div", { class: "draft", lang: draftLanguage() }, ...found.pieces.map(piece)),
  );
}

// What most figures of the draft are written in.
function draftLanguage() {
  const chinese = found.verdicts.filter(({ figure }) => figure.language === "zh").length;
  if (!found.verdicts.length) return null;
  return chinese * 2 >= found.verdicts.length ? TAGS.zh : TAGS.en;
}

// One button a status, which goes to the next figure of it.
function tally() {
  const rows = Object.entries(found.counts).filter(([, n]) => n);
  return el(
    "ul",
    { class: "tally", "aria-label": say("tally") },
    ...rows.map(([status, n]) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: `verdict ${status}`, onclick: () => choose(following(status)) },
          el("span", { class: "sign", "aria-hidden": "true" }, SIGNS[status]),
          ` ${say("labels")[status]} `,
          el("span", { class: "count" }, String(n)),
        ),
      ),
    ),
  );
}

function following(status) {
  const count = found.verdicts.length;
  for (let step = 1; step <= count; step += 1) {
    const n = (chosen + step + count) % count;
    if (found.verdicts[n].status === status) return n;
  }
  return -1;
}

function piece({ text, marks }, place, pieces) {
  if (!marks.length) return text;
  const [n] = marks;
  const { status } = found.verdicts[n];
  const ends = !pieces[place + 1]?.marks.includes(n);
  const mark = el(
    "a",
    {
      href: `#figure-${n + 1}`,
      // A short figure is not broken over two lines.
      class: ["figure", status, text.length < 20 ? "short" : "", n === chosen ? "chosen" : ""].join(" "),
      "data-verdict": n,
      "data-sign": ends ? SIGNS[status] : null,
      "aria-label": `${text}: ${say("labels")[status]}`,
    },
    text,
  );
  mark.addEventListener("click", (event) => {
    event.preventDefault();
    choose(n);
  });
  return mark;
}

function choose(n) {
  if (n < 0) return;
  chosen = n;
  let first = null;
  for (const mark of $("verdicts").querySelectorAll(".figure")) {
    const mine = Number(mark.dataset.verdict) === n;
    mark.classList.toggle("chosen", mine);
    if (mine && !first) first = mark;
  }
  show(() => verdict(n), { from: first });
  openedFrom(first);
  first?.scrollIntoView({ block: "nearest" });
}

function verdict(n) {
  const { verdicts } = found;
  const { figure, status, rule, explanation, evidence, difference } = verdicts[n];
  const lang = TAGS[figure.language];
  const told = difference ? differenceText(difference) : "";
  const step = (to, name) =>
    el("button", { type: "button", class: "quiet", onclick: () => choose(to), ...(to in verdicts ? {} : { disabled: "" }) }, say(name));
  return [
    el("p", { class: "steps" }, step(n - 1, "previous"), step(n + 1, "next"), el("span", { class: "meta" }, say("of", n + 1, verdicts.length))),
    el("p", {}, el("span", { class: `verdict ${status}` }, el("span", { class: "sign", "aria-hidden": "true" }, SIGNS[status]), ` ${say("labels")[status]}`)),
    el("h2", { tabindex: "-1", lang }, figure.surface),
    el("p", { class: "explanation", lang }, explanation),
    el("p", { class: "meta" }, [told ? say("difference", told) : "", say("rule", rule)].filter(Boolean).join(" · ")),
    ...(evidence.length ? [el("h3", { class: "evidence" }, say("evidence"))] : []),
    el("ol", { class: "cards" }, ...evidence.map((citation, i) => quoted(n, citation, i))),
  ];
}

function quoted(n, citation, i) {
  const { stated, quotes } = found.verdicts[n];
  const open = () =>
    openArticle(citation.document_id, {
      marks: [citation.span, ...(stated[i] ? [stated[i].span] : [])],
      current: stated[i] ? 1 : 0,
      version: citation.version,
      kept: true,
    });
  const lang = stated[i] ? TAGS[stated[i].language] : null;
  const quote = quotes[i].map(({ text, marks }) => (marks.length ? el("mark", {}, text) : text));
  return el(
    "li",
    { class: "card" },
    el("h4", {}, citation.title),
    el("p", { class: "meta" }, ...meta(citation)),
    blockquote(lang, citation, ...quote),
    el("button", { type: "button", class: "quiet", onclick: open }, say("open")),
  );
}

// "-1000亿 USD (-25%)"; nothing where there is no difference.
function differenceText({ absolute, relative, unit }) {
  const value = Number(absolute);
  if (!value) return "";
  const compact = { notation: "compact", maximumSignificantDigits: 5, signDisplay: "exceptZero" };
  let text = new Intl.NumberFormat(locale(), compact).format(value);
  if (/^[A-Z]{3}$/.test(unit)) text = `${text} ${unit}`;
  else if (unit === "percent") text = `${text}%`;
  else if (unit === "percentage_point") text = `${text} ${say("points")}`;
  if (relative === null || unit === "percent") return text;
  const share = { style: "percent", maximumSignificantDigits: 3, signDisplay: "exceptZero" };
  return `${text} (${new Intl.NumberFormat(locale(), share).format(Number(relative))})`;
}

$("check").addEventListener("submit", (event) => {
  event.preventDefault();
  // Not trimmed: spans count in the draft as given.
  if ($("draft").value.trim()) check($("draft").value);
});
$("example").addEventListener("click", () => {
  $("draft").value = say("exampleDraft");
  $("check").requestSubmit();
});
$("draft").addEventListener("keydown", (event) => {
  // Enter is a line of the draft.
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    $("check").requestSubmit();
  }
});
