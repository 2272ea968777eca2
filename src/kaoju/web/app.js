// The page: a client of the public API and of nothing else.
// Whatever comes from an article or a question becomes a text node, never markup, and no span is
// sliced here: the server sends the pieces to show, since JavaScript counts UTF-16 units.

const TEXTS = {
  zh: {
    other: "English",
    skip: "跳到提问框",
    question: "向架上的文章提问",
    hint: "中英文都可以问；答案只用文章的原话，每一句都有出处。",
    ask: "查考",
    examples: "比如",
    shelf: "架上的文章",
    more: "再列一些",
    empty: "架上还没有文章。在命令行运行 kaoju add 加入文章。",
    answer: "答案",
    reader: "文章",
    asking: "正在查考……",
    answered: (n) => `找到答案，引文 ${n} 处。`,
    declined: "没有找到答案。",
    asPrinted: "原文作",
    sources: "出处",
    nearest: "最接近的段落",
    open: "在文章里看",
    close: "关闭",
    undated: "日期不详",
    changed: "这篇文章在作答之后有了新版本，引文不再标出。",
    failed: "出错了",
    unreachable: "连不上服务。它还在运行吗？",
    cited: (n) => `引文 ${n}`,
  },
  en: {
    other: "中文",
    skip: "Skip to the question",
    question: "Ask the articles on the shelf",
    hint: "Ask in Chinese or English. Answers are the articles’ own words, each with its source.",
    ask: "Ask",
    examples: "For example",
    shelf: "On the shelf",
    more: "More",
    empty: "No articles yet. Add some with kaoju add on the command line.",
    answer: "Answer",
    reader: "Article",
    asking: "Looking it up…",
    answered: (n) => `Answered, with ${n} ${n === 1 ? "citation" : "citations"}.`,
    declined: "No answer found.",
    asPrinted: "As printed:",
    sources: "Sources",
    nearest: "Nearest passages",
    open: "Show in the article",
    close: "Close",
    undated: "undated",
    changed: "This article has a newer version than the one quoted, so the quote is not marked.",
    failed: "Something went wrong",
    unreachable: "The server cannot be reached. Is it still running?",
    cited: (n) => `Citation ${n}`,
  },
};
const EXAMPLES = [
  ["zh", "贝森特预测稳定币市场到本十年末会增长多少倍？"],
  ["en", "How big is the stablecoin market?"],
  ["zh", "新春激励活动什么时候结束？"],
  ["en", "Who says the bond vigilantes never disappeared?"],
];
const NARROW = window.matchMedia("(max-width: 65rem)");
// The context of a quote may begin or end inside an English word.
const CUT_AT_START = /^[\p{Script=Latin}\p{N}’'-]+\s+/u;
const CUT_AT_END = /\s+[\p{Script=Latin}\p{N}’'-]+$/u;
const TAGS = { zh: "zh-Hans", en: "en", und: "" };

const state = {
  language: startLanguage(),
  answer: null, // the last answer
  problem: null,
  articles: [],
  next: null,
  reading: null, // {marked, current, changed}
  opener: null, // what to focus again when the reader closes
  asked: 0, // counts questions, so that a late answer to an earlier one is dropped
  opened: 0,
};

function startLanguage() {
  const kept = remembered("language");
  if (kept in TEXTS) return kept;
  return (navigator.language || "").toLowerCase().startsWith("zh") ? "zh" : "en";
}

function remembered(name) {
  try {
    return localStorage.getItem(`kaoju.${name}`);
  } catch {
    return null; // storage may be forbidden
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(`kaoju.${name}`, value);
  } catch {
    // then it is remembered until the page is left
  }
}

const $ = (id) => document.getElementById(id);
const say = (name, ...values) => {
  const text = TEXTS[state.language][name];
  return typeof text === "function" ? text(...values) : text;
};

// An element with attributes and children; strings become text nodes.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "onclick") made.addEventListener("click", value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

function fill(box, ...children) {
  box.replaceChildren(...children.filter((child) => child !== null));
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw { title: say("failed"), detail: say("unreachable") };
  }
  const told = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw { title: told.title || say("failed"), detail: told.detail || "", status: response.status };
  }
  return told;
}

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
    answer = await call("/v1/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question }),
    });
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
    box.replaceChildren(
      el("div", { class: "problem", role: "alert" }, el("h2", {}, problem.title), el("p", {}, problem.detail)),
    );
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
    openReader(citation.document_id, {
      marks,
      current: same.indexOf(citation),
      version: citation.version,
      opener: event.currentTarget,
    });
  return el(
    "li",
    { id: `citation-${n}`, class: "card", tabindex: "-1" },
    el("h3", {}, citation.title),
    el("p", { class: "meta" }, ...meta(citation)),
    el(
      "blockquote",
      { lang: languageOf(answer, citation) },
      el("span", { class: "around" }, citation.prefix ? `…${citation.prefix.replace(CUT_AT_START, "")}` : ""),
      el("mark", {}, citation.quote),
      el("span", { class: "around" }, citation.suffix ? `${citation.suffix.replace(CUT_AT_END, "")}…` : ""),
    ),
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
    openReader(hit.document_id, { marks: [hit.span], current: 0, opener: event.currentTarget });
  return el(
    "li",
    { class: "card" },
    el("h3", {}, hit.title),
    el("p", { class: "meta" }, ...meta(hit)),
    el("blockquote", { class: "lines", lang: TAGS[hit.language] }, hit.text.trim()),
    el("button", { type: "button", class: "quiet", onclick: open }, say("open")),
  );
}

// Date and source; a link only where the source is a web address.
function meta({ document_id, published_on, source }) {
  const known = state.articles.find((article) => article.id === document_id);
  const parts = [published_on ? el("time", { datetime: published_on }, day(published_on)) : say("undated")];
  if (/^https?:\/\//i.test(source)) {
    parts.push(" · ", el("a", { href: source, rel: "noopener noreferrer", target: "_blank" }, host(source)));
  } else {
    const name = known ? known.source : source;
    if (name) parts.push(" · ", name);
  }
  return parts;
}

function host(address) {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}

function day(iso) {
  const style = { dateStyle: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(state.language === "zh" ? "zh-CN" : "en-GB", style).format(new Date(iso));
}

// The reader -----------------------------------------------------------------------------

async function openReader(id, { marks = [], current = -1, version = null, opener = null } = {}) {
  const turn = ++state.opened;
  state.opener = opener;
  const path = `/v1/articles/${encodeURIComponent(id)}/blocks`;
  const query = new URLSearchParams(marks.map(({ start, end }) => ["mark", `${start}-${end}`]));
  if (version) query.set("version", version);
  let marked = null;
  let changed = false;
  try {
    marked = await call(`${path}?${query}`).catch((error) => {
      if (error.status !== 404 && error.status !== 422) throw error;
      changed = true;
      return call(path);
    });
  } catch (error) {
    if (turn !== state.opened) return;
    state.problem = error;
    renderAnswer();
    return;
  }
  if (turn !== state.opened) return;
  state.reading = { marked, current: changed ? -1 : current, changed };
  renderReader();
  const target = $("reader").querySelector("mark.current");
  if (target) target.scrollIntoView({ block: "center" });
  else $("reader").scrollTop = 0;
  $("reader").querySelector("h2").focus({ preventScroll: true });
}

function renderReader() {
  const box = $("reader");
  const { reading } = state;
  box.hidden = !reading;
  $("desk").classList.toggle("reading", Boolean(reading));
  // On a narrow screen the reader lies over the page, which must not take the focus then.
  $("main").inert = Boolean(reading) && NARROW.matches;
  if (!reading) {
    box.replaceChildren();
    return;
  }
  const { article, blocks } = reading.marked;
  fill(
    box,
    el(
      "div",
      { class: "bar" },
      el("button", { type: "button", class: "quiet", onclick: () => closeReader(true) }, say("close")),
    ),
    el("h2", { tabindex: "-1", lang: TAGS[article.language] }, article.title),
    el("p", { class: "meta" }, ...meta({ ...article, document_id: article.id, source: article.url || article.source })),
    reading.changed ? el("p", { class: "changed" }, say("changed")) : null,
    el("div", { class: "text", lang: TAGS[article.language] }, ...blocks.map(block)),
  );
}

function block({ level, after_blank, pieces }) {
  const tag = level ? `h${Math.min(level + 2, 6)}` : "p";
  return el(
    tag,
    { class: after_blank ? "spaced" : null },
    ...pieces.map(({ text, marks }) => {
      if (!marks.length) return text;
      const current = marks.includes(state.reading.current);
      return el("mark", { class: current ? "current" : null }, text);
    }),
  );
}

function closeReader(refocus = false) {
  state.opened += 1;
  if (!state.reading) return;
  state.reading = null;
  renderReader();
  if (refocus && state.opener && state.opener.isConnected) state.opener.focus();
}

// The shelf ------------------------------------------------------------------------------

async function loadShelf() {
  const query = new URLSearchParams({ limit: "50" });
  if (state.next) query.set("cursor", state.next);
  try {
    const page = await call(`/v1/articles?${query}`);
    state.articles.push(...page.articles);
    state.next = page.next;
  } catch (error) {
    state.problem = error;
    renderAnswer();
  }
  renderShelf();
}

function renderShelf() {
  const rows = state.articles.map((article) =>
    el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "title",
          lang: TAGS[article.language],
          onclick: (event) => openReader(article.id, { opener: event.currentTarget }),
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
  document.documentElement.lang = TAGS[state.language];
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  const toggle = $("language");
  toggle.textContent = say("other");
  toggle.lang = state.language === "zh" ? "en" : "zh-Hans";
  const rows = EXAMPLES.map(([language, question]) =>
    el("li", {}, el("a", { href: `?q=${encodeURIComponent(question)}`, lang: TAGS[language] }, question)),
  );
  $("examples").querySelector("ul").replaceChildren(...rows);
  renderShelf();
  renderAnswer();
  renderReader();
}

function go(question) {
  history.pushState(null, "", `/?q=${encodeURIComponent(question)}`);
  ask(question);
}

function follow() {
  const question = new URLSearchParams(location.search).get("q");
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
  state.language = state.language === "zh" ? "en" : "zh";
  remember("language", state.language);
  render();
});
$("more").addEventListener("click", loadShelf);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.reading) closeReader(true);
});
window.addEventListener("popstate", (event) => {
  // A jump to #citation-1 is no new question.
  if (state.answer && new URLSearchParams(location.search).get("q") === state.answer.question) return;
  follow();
});
NARROW.addEventListener("change", () => {
  $("main").inert = Boolean(state.reading) && NARROW.matches;
});

render();
loadShelf();
follow();
