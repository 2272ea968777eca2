// The page: a client of the public API and of nothing else. Two views, asking and checking a
// draft, beside the articles of the shelf.

import { renderCheck } from "./check.js";
import { $, TAGS, blockquote, call, el, meta, page, post, problemBox, remember, say } from "./page.js";
import { closeReader, openArticle, renderReader } from "./reader.js";

const EXAMPLES = [
  ["zh", "贝森特预测稳定币市场到本十年末会增长多少倍？"],
  ["en", "How big is the stablecoin market?"],
  ["zh", "新春激励活动什么时候结束？"],
  ["en", "Who says the bond vigilantes never disappeared?"],
];

const state = {
  answer: null, // the last answer
  problem: null,
  next: null, // the cursor of the shelf's list
  asked: 0, // counts questions, so that a late answer to an earlier one is dropped
};

// Asking ---------------------------------------------------------------------------------

async function ask(question) {
  const turn = ++state.asked;
  $("question").value = question;
  grow();
  document.title = `${question} · 考据 kaoju`;
  $("answer").setAttribute("aria-busy", "true");
  $("status").textContent = say("asking");
  let answer = null;
  let problem = null;
  try {
    answer = await post("/v1/ask", { question });
  } catch (error) {
    problem = error;
  }
  if (turn !== state.asked) return;
  closeReader();
  state.answer = answer;
  state.problem = problem;
  $("answer").removeAttribute("aria-busy");
  renderAnswer();
}

function renderAnswer() {
  const box = $("answer");
  const { answer, problem } = state;
  box.hidden = !answer && !problem;
  $("examples").hidden = Boolean(answer);
  $("status").textContent = "";
  if (problem) {
    box.replaceChildren(problemBox(problem));
  } else if (answer && answer.abstained) {
    $("status").textContent = say("declined");
    box.replaceChildren(...abstention(answer));
  } else if (answer) {
    $("status").textContent = say("answered", answer.citations.length);
    box.replaceChildren(...cited(answer));
  }
}

function cited(answer) {
  const numbers = new Map(answer.citations.map((citation, i) => [key(citation), i + 1]));
  const parts = [];
  if (answer.value) {
    const { text, surface } = answer.value;
    parts.push(el("p", { class: "value", lang: TAGS[answer.language] }, text));
    if (surface !== text) {
      const printed = el("span", { class: "surface" }, surface);
      parts.push(el("p", { class: "printed" }, `${say("asPrinted")} `, printed));
    }
  }
  const sentences = answer.sentences.map((sentence) =>
    el(
      "p",
      { lang: languageOf(answer, sentence.citations[0]) },
      sentence.text.trim(),
      ...sentence.citations.map((citation) => {
        const n = numbers.get(key(citation));
        return el("a", { class: "note", href: `#citation-${n}`, "aria-label": say("cited", n) }, String(n));
      }),
    ),
  );
  parts.push(el("div", { class: "sentences" }, ...sentences));
  parts.push(el("h2", {}, say("sources")));
  parts.push(el("ol", { class: "cards" }, ...answer.citations.map((citation, i) => card(answer, citation, i + 1))));
  return parts;
}

const key = (citation) => `${citation.document_id} ${citation.version} ${citation.span.start} ${citation.span.end}`;

function languageOf(answer, citation) {
  const hit = answer.hits.find((h) => h.passage_id === citation.passage_id);
  return hit ? TAGS[hit.language] : null;
}

function card(answer, citation, n) {
  const same = answer.citations.filter(
    (c) => c.document_id === citation.document_id && c.version === citation.version,
  );
  const marks = same.map((c) => c.span);
  const open = (event) =>
    openArticle(citation.document_id, {
      marks,
      current: same.indexOf(citation),
      version: citation.version,
      from: event.currentTarget,
    });
  return el(
    "li",
    { id: `citation-${n}`, class: "card", tabindex: "-1" },
    el("h3", {}, citation.title),
    el("p", { class: "meta" }, ...meta(citation)),
    blockquote(languageOf(answer, citation), citation, el("mark", {}, citation.quote)),
    el("button", { type: "button", class: "quiet", onclick: open }, say("open")),
  );
}

function abstention(answer) {
  const parts = [el("p", { class: "declined", lang: TAGS[answer.language] }, answer.reason)];
  if (answer.hits.length) {
    parts.push(el("h2", {}, say("nearest")));
    parts.push(el("ol", { class: "cards" }, ...answer.hits.slice(0, 3).map(nearest)));
  }
  return parts;
}

function nearest(hit) {
  const open = (event) =>
    openArticle(hit.document_id, { marks: [hit.span], current: 0, from: event.currentTarget });
  return el(
    "li",
    { class: "card" },
    el("h3", {}, hit.title),
    el("p", { class: "meta" }, ...meta(hit)),
    el("blockquote", { class: "lines", lang: TAGS[hit.language] }, hit.text.trim()),
    el("button", { type: "button", class: "quiet", onclick: open }, say("open")),
  );
}

// The shelf ------------------------------------------------------------------------------

async function loadShelf() {
  const query = new URLSearchParams({ limit: "50" });
  if (state.next) query.set("cursor", state.next);
  try {
    const listed = await call(`/v1/articles?${query}`);
    page.articles.push(...listed.articles);
    state.next = listed.next;
  } catch (error) {
    state.problem = error;
    renderAnswer();
  }
  renderShelf();
}

function renderShelf() {
  const rows = page.articles.map((article) =>
    el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "title",
          lang: TAGS[article.language],
          onclick: (event) => openArticle(article.id, { from: event.currentTarget }),
        },
        article.title,
      ),
      el("p", { class: "meta" }, ...meta({ ...article, document_id: article.id, source: article.url || article.source })),
    ),
  );
  $("shelf").querySelector("ul").replaceChildren(...rows);
  if (!rows.length) $("shelf").querySelector("ul").append(el("li", { class: "hint" }, say("empty")));
  $("more").hidden = !state.next;
}

// The page itself ------------------------------------------------------------------------

function render() {
  document.documentElement.lang = TAGS[page.language];
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  const toggle = $("language");
  toggle.textContent = say("other");
  toggle.lang = page.language === "zh" ? "en" : "zh-Hans";
  const rows = EXAMPLES.map(([language, question]) =>
    el("li", {}, el("a", { href: `?q=${encodeURIComponent(question)}`, lang: TAGS[language] }, question)),
  );
  $("examples").querySelector("ul").replaceChildren(...rows);
  renderShelf();
  renderAnswer();
  renderCheck();
  renderReader();
}

function go(question) {
  history.pushState(null, "", `/?q=${encodeURIComponent(question)}`);
  ask(question);
}

function follow() {
  const asked = new URLSearchParams(location.search);
  const checking = asked.get("view") === "check";
  $("asking").hidden = checking;
  $("checking").hidden = !checking;
  for (const [id, current] of [["to-ask", !checking], ["to-check", checking]]) {
    if (current) $(id).setAttribute("aria-current", "page");
    else $(id).removeAttribute("aria-current");
  }
  if (checking) {
    closeReader();
    document.title = `${say("toCheck")} · 考据 kaoju`;
    return;
  }
  const question = asked.get("q");
  if (question && question.trim()) {
    ask(question);
    return;
  }
  state.asked += 1;
  state.answer = state.problem = null;
  $("question").value = "";
  document.title = "考据 kaoju";
  closeReader();
  renderAnswer();
}

function grow() {
  const box = $("question");
  box.rows = 2;
  while (box.scrollHeight > box.clientHeight && box.rows < 8) box.rows += 1;
}

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const question = $("question").value.trim();
  if (question) go(question);
});
$("question").addEventListener("keydown", (event) => {
  // Enter asks; while an input method composes Chinese, Enter belongs to it.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("ask").requestSubmit();
  }
});
$("question").addEventListener("input", grow);
$("examples").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.textContent);
});
$("language").addEventListener("click", () => {
  page.language = page.language === "zh" ? "en" : "zh";
  remember("language", page.language);
  render();
});
$("more").addEventListener("click", loadShelf);
for (const id of ["to-ask", "to-check"]) {
  $(id).addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // Back at asking, the last question is asked still.
    const question = id === "to-ask" && state.answer ? state.answer.question : "";
    history.pushState(null, "", id === "to-check" ? "/?view=check" : question ? `/?q=${encodeURIComponent(question)}` : "/");
    follow();
  });
}
window.addEventListener("popstate", (event) => {
  // A jump to #citation-1 is no new question.
  if (state.answer && new URLSearchParams(location.search).get("q") === state.answer.question) return;
  follow();
});
render();
loadShelf();
follow();
