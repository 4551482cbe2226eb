// Everything is asked of the server that this page came from; nothing else is loaded.

const state = {
  texts: { text: "Two hours that felt like ten minutes. I would see it again tomorrow." },
  labels: [
    { name: "positive", words: "great, good" },
    { name: "negative", words: "terrible, bad" },
  ],
  templates: ["{text} It was {mask}.", "{text} All in all, {mask}."],
};
const EXAMPLES = [
  ["I loved every minute of it.", "positive"],
  ["A dull mess without a single idea.", "negative"],
  ["The best meal we had in years.", "positive"],
  ["Never again, and I want my money back.", "negative"],
];

const at = (id) => document.getElementById(id);
const percent = (share) => (share * 100).toFixed(1) + " %";
let numbers = 0;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// Asking: the last question of a kind alone is of interest.

const running = new Map();

async function ask(kind, path, body) {
  running.get(kind)?.abort();
  const control = new AbortController();
  running.set(kind, control);
  const headers = { "Content-Type": "application/json" };
  const token = sessionStorage.getItem("token");
  if (token) headers.Authorization = "Bearer " + token;
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal: control.signal });
  const answer = await response.json();
  at("token-form").hidden = response.status !== 401;
  if (!response.ok) throw Object.assign(new Error(answer.title), { answer, status: response.status });
  return answer;
}

/** What is wrong, in words; nothing where a newer question took the place of this one. */
function told(error) {
  if (error.name === "AbortError") return undefined;
  if (error.answer) return error.answer.title + (error.answer.detail ? "\n" + error.answer.detail : "");
  return "The server doesn't answer. Is it still running?";
}

function later(work, wait) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
}

// What is asked.

function labels() {
  const all = {};
  for (const { name, words } of state.labels) {
    const some = words.split(",").map((word) => word.trim()).filter(Boolean);
    if (name.trim() && some.length) all[name.trim()] = some;
  }
  return all;
}

const colour = (label) => "c" + Math.max(0, Object.keys(labels()).indexOf(label)) % 6;

async function read() {
  try {
    const asked = { templates: state.templates, labels: labels(), texts: state.texts };
    const answer = await ask("read", "v1/workbench/read", asked);
    at("failure").hidden = true;
    at("model").textContent = "Asked: " + answer.model + ".";
    answer.readings.forEach(showReading);
    showTexts(answer.readings);
    announce(answer.readings);
  } catch (error) {
    fail(error);
  }
}

function fail(error) {
  const words = told(error);
  if (words === undefined) return;
  at("failure").textContent = words;
  at("failure").hidden = error.status === 401;
}

let said;
function announce(readings) {
  clearTimeout(said);
  said = setTimeout(() => {
    at("status").textContent = readings
      .map((reading, i) => `Template ${i + 1}: ` + (reading.prediction
        ? `${reading.prediction.label}, ${percent(reading.prediction.probability)}`
        : reading.problem ? "has a problem" : "no labels yet"))
      .join(". ");
  }, 700);
}

// What is shown of a template.

function showReading(reading, i) {
  const card = at("cards").children[i];
  if (!card) return;
  const input = card.querySelector("input");
  if (input.value !== reading.template) return; // typed on meanwhile: the next answer is on its way
  input.setAttribute("aria-invalid", reading.problem ? "true" : "false");
  const shown = card.querySelector(".shown");
  shown.replaceChildren();
  if (reading.before !== undefined) shown.append(...sentence(reading));
  if (reading.prediction) shown.append(...prediction(reading.prediction));
  if (reading.problem) {
    shown.append(make("p", { class: "problem", text: [reading.problem.title, reading.problem.detail].filter(Boolean).join("\n") }));
  }
}

function sentence(reading) {
  const best = reading.fillings[0]?.text.trim() ?? "";
  const parts = [
    make("p", { class: "read", tabindex: "0", role: "group", "aria-label": "As the model reads it" },
      reading.before + " ",
      make("mark", {}, make("span", { class: "hidden", text: "the mask, where it expects " }), best),
      reading.after),
  ];
  for (const cut of reading.cuts) parts.push(cutNotice(cut));
  parts.push(make("h3", { text: "Expected at the mask" }), make("ul", { class: "words" }, ...reading.fillings.map((filling) =>
    make("li", filling.label ? { "data-label": filling.label, class: colour(filling.label) } : {},
      `${filling.text.trim() || filling.token} ${percent(filling.probability)}` + (filling.label ? ` (${filling.label})` : "")))));
  return parts;
}

function cutNotice(cut) {
  const text = state.texts[cut.placeholder] ?? "";
  const kept = text.slice(cut.from, cut.to);
  const where = cut.from > 0
    ? `from character ${cut.from + 1} on; it begins with “${kept.slice(0, 40)}…”`
    : `up to character ${cut.to} of ${text.length}; it ends with “…${kept.slice(-40)}”`;
  return make("p", { class: "cut" }, make("strong", { text: "Cut: " }), `of ${cut.placeholder} the model reads ${where}.`);
}

function prediction(of) {
  const words = make("ul", { class: "bars" }, ...of.words.map((word) =>
    bar(`${word.word} → ${word.label}`, word.probability, colour(word.label), false)));
  return [
    make("h3", { text: "Labels" }),
    make("ul", { class: "bars" }, ...Object.entries(of.probabilities).map(([label, share]) =>
      bar(label, share, colour(label), label === of.label))),
    make("h3", { text: "Label words among themselves" }),
    words,
  ];
}

function bar(name, share, colourName, best) {
  const fill = make("span", { class: "fill" });
  fill.style.width = (share * 100).toFixed(2) + "%";
  return make("li", { class: colourName + (best ? " best" : "") },
    make("span", { class: "name", text: name }),
    make("span", { class: "track", "aria-hidden": "true" }, fill),
    make("span", { class: "percent", text: percent(share) }));
}

// What is typed.

function addText(column) {
  const id = "text-" + numbers++;
  at("texts").append(make("div", { "data-column": column },
    make("label", { for: id, text: "{" + column + "}" }),
    make("textarea", { id, rows: 4, oninput: (event) => { state.texts[column] = event.target.value; changed(); } })));
  at(id).value = state.texts[column] ?? "";
}

/** A box for each placeholder of a template; those that no template has any more go, their text is kept. */
function showTexts(readings) {
  if (!readings.every((reading) => reading.columns)) return;
  const columns = [...new Set(readings.flatMap((reading) => reading.columns))];
  for (const box of [...at("texts").children]) if (!columns.includes(box.dataset.column)) box.remove();
  const there = [...at("texts").children].map((box) => box.dataset.column);
  columns.filter((column) => !there.includes(column)).forEach(addText);
}

function addLabel(label) {
  const id = "label-" + numbers++;
  const row = make("li", {},
    make("div", {}, make("label", { for: id, class: "hidden", text: "Name of the label" }),
      make("input", { id, value: label.name, spellcheck: "false", autocomplete: "off", placeholder: "label",
        oninput: (event) => { label.name = event.target.value; changed(); } })),
    make("div", {}, make("label", { for: id + "-words", class: "hidden", text: "Its words, parted by commas" }),
      make("input", { id: id + "-words", value: label.words, spellcheck: "false", autocomplete: "off", placeholder: "word, word",
        oninput: (event) => { label.words = event.target.value; changed(); } })),
    make("button", { type: "button", "aria-label": "Remove this label",
      onclick: () => { state.labels.splice(state.labels.indexOf(label), 1); row.remove(); at("add-label").focus(); changed(); } }, "Remove"));
  at("labels").append(row);
  return row;
}

function addTemplate(text) {
  const id = "template-" + numbers++;
  const index = () => [...at("cards").children].indexOf(card);
  const card = make("li", {},
    make("div", { class: "top" },
      make("label", { for: id, text: "Template" }),
      make("button", { type: "button", "aria-label": "Remove this template",
        onclick: () => {
          if (state.templates.length === 1) return;
          state.templates.splice(index(), 1); card.remove(); at("add-template").focus(); changed();
        } }, "Remove"),
      make("input", { id, value: text, spellcheck: "false", autocomplete: "off",
        oninput: (event) => { state.templates[index()] = event.target.value; changed(); } })),
    make("div", { class: "shown" }));
  at("cards").append(card);
  return card;
}

// Examples.

function examples() {
  const lines = at("examples").value.split("\n").filter((line) => line.trim());
  return lines.map((line) => {
    const place = line.includes("\t") ? line.lastIndexOf("\t") : line.lastIndexOf(",");
    const column = Object.keys(state.texts)[0];
    return { texts: { [column]: line.slice(0, Math.max(0, place)).trim() }, label: line.slice(place + 1).trim() };
  });
}

async function evaluate() {
  const some = examples();
  at("results").replaceChildren();
  at("mistakes").replaceChildren();
  if (!some.length || Object.keys(labels()).length < 2) return;
  try {
    const answer = await ask("evaluate", "v1/workbench/evaluate", { templates: state.templates, labels: labels(), examples: some });
    at("results").replaceChildren(resultTable(answer.results));
    at("mistakes").replaceChildren(...mistakeTable(answer.results, some));
  } catch (error) {
    const words = told(error);
    if (words) at("results").replaceChildren(make("p", { class: "problem", text: words }));
  }
}

function resultTable(results) {
  return make("table", {}, make("caption", { text: "Right without training" }),
    make("thead", {}, make("tr", {}, make("th", { scope: "col", text: "Template" }), make("th", { scope: "col", class: "number", text: "Right" }),
      make("th", { scope: "col", class: "number", text: "Accuracy" }))),
    make("tbody", {}, ...results.map((result) => make("tr", {}, make("th", { scope: "row", text: result.template }),
      ...(result.problem
        ? [make("td", { colspan: "2", text: result.problem.title })]
        : [make("td", { class: "number", text: `${result.right} of ${result.n}` }), make("td", { class: "number", text: percent(result.accuracy) })])))));
}

function mistakeTable(results, some) {
  const rows = results.flatMap((result, i) => (result.predictions ?? []).flatMap((guess, j) =>
    guess.label === some[j].label ? [] : [make("tr", {}, make("td", { text: Object.values(some[j].texts)[0] }),
      make("td", { text: some[j].label }), make("td", { text: `${guess.label}, ${percent(guess.probability)}` }), make("td", { text: String(i + 1) }))]));
  if (!rows.length) return [];
  return [make("table", {}, make("caption", { text: "Mistakes" }),
    make("thead", {}, make("tr", {}, ...["Text", "Label", "Predicted", "Template"].map((text) => make("th", { scope: "col", text })))),
    make("tbody", {}, ...rows))];
}

// Source.

async function source() {
  try {
    const answer = await ask("java", "v1/workbench/java", { name: at("class-name").value, templates: state.templates, labels: labels() });
    at("source").textContent = answer.source;
  } catch (error) {
    const words = told(error);
    if (words) at("source").textContent = "// " + words.replaceAll("\n", "\n// ");
  }
}

const readSoon = later(read, 120);
const evaluateSoon = later(evaluate, 400);
const sourceSoon = later(source, 300);

function changed() {
  readSoon();
  evaluateSoon();
  sourceSoon();
}

at("add-label").addEventListener("click", () => {
  const label = { name: "", words: "" };
  state.labels.push(label);
  addLabel(label).querySelector("input").focus();
});
at("add-template").addEventListener("click", () => {
  if (state.templates.length === 8) return;
  state.templates.push("{text} {mask}");
  addTemplate("{text} {mask}").querySelector("input").focus();
  changed();
});
at("examples").addEventListener("input", evaluateSoon);
at("class-name").addEventListener("input", sourceSoon);
at("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(at("source").textContent);
  at("copied").textContent = "Copied.";
  setTimeout(() => { at("copied").textContent = ""; }, 2000);
});
at("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem("token", at("token").value.trim());
  at("token").value = "";
  changed();
});

Object.keys(state.texts).forEach(addText);
state.labels.forEach(addLabel);
state.templates.forEach(addTemplate);
at("examples").value = EXAMPLES.map((each) => each.join("\t")).join("\n");
changed();
