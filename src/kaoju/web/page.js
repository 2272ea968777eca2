// What the views of the page share: the language, elements, calls of the API, lines of sources.
// Whatever comes from an article, a question or a draft becomes a text node, never markup, and
// no span is sliced anywhere: the server sends the pieces to show, since JavaScript counts
// UTF-16 units.

import { TEXTS } from "./texts.js";

export const NARROW = window.matchMedia("(max-width: 65rem)");
export const TAGS = { zh: "zh-Hans", en: "en", und: "" };
export const page = { language: startLanguage(), articles: [] };

// The context of a quote may begin or end inside an English word.
const CUT_AT_START = /^[\p{Script=Latin}\p{N}’'-]+\s+/u;
const CUT_AT_END = /\s+[\p{Script=Latin}\p{N}’'-]+$/u;

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

export function remember(name, value) {
  try {
    localStorage.setItem(`kaoju.${name}`, value);
  } catch {
    // then it is remembered until the page is left
  }
}

export const $ = (id) => document.getElementById(id);

export function say(name, ...values) {
  const text = TEXTS[page.language][name];
  return typeof text === "function" ? text(...values) : text;
}

export const locale = () => (page.language === "zh" ? "zh-CN" : "en-GB");

// An element with attributes and children; strings become text nodes.
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "onclick") made.addEventListener("click", value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export async function call(path, options) {
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

export function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return call(path, { method: "POST", headers, body: JSON.stringify(body) });
}

export function problemBox({ title, detail }) {
  return el("div", { class: "problem", role: "alert" }, el("h2", {}, title), el("p", {}, detail));
}

// Date and source; a link only where the source is a web address.
export function meta({ document_id, published_on, source }) {
  const known = page.articles.find((article) => article.id === document_id);
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
  return new Intl.DateTimeFormat(locale(), style).format(new Date(iso));
}

// A quote between what stands around it in the article.
export function blockquote(lang, { prefix, suffix }, ...quote) {
  return el(
    "blockquote",
    { lang },
    el("span", { class: "around" }, prefix ? `…${prefix.replace(CUT_AT_START, "")}` : ""),
    ...quote,
    el("span", { class: "around" }, suffix ? `${suffix.replace(CUT_AT_END, "")}…` : ""),
  );
}
