"use strict";
// Shows what the API says, as text and never as HTML: names and reasons are other people's input.
const MOST_EVENTS = 100, LOOK_EVERY_MS = 5000, RECONNECT_AFTER_MS = 3000;
const $ = (id) => document.getElementById(id);
const troubles = new Map();
let paused = false, unseen = [], nextRuns = [], soon = 0;

const TONES = {
  active: "good", succeeded: "good", created: "good", resumed: "good", elected: "good", failed: "bad", deleted: "bad", gap: "bad",
  running: "busy", started: "busy", ready: "busy", paused: "wait", queued: "wait", retrying: "wait", skipped: "wait", cancelled: "wait",
};

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text ?? "";
  if (className) made.className = className;
  return made;
}

function clock(instant) {
  return new Date(instant).toLocaleTimeString([], { hour12: false });
}

function trouble(about, message) {
  if (message) troubles.set(about, message); else troubles.delete(about);
  $("trouble").textContent = [...troubles.values()].join(" ");
  $("trouble").hidden = troubles.size === 0;
}

async function ask(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.detail ?? problem.title ?? `it answered ${answer.status}.`);
}

async function look() {
  try {
    const [scheduler, list] = await Promise.all([ask("/v1/scheduler"), ask("/v1/jobs?pageSize=50")]);
    trouble("look", null);
    showScheduler(scheduler);
    showJobs(list);
  } catch (failure) {
    const why = failure instanceof TypeError ? "it cannot be reached." : failure.message;
    trouble("look", `What is shown below may be out of date. The service was asked, but ${why}`);
    if (!$("jobs").firstChild) $("no-jobs").textContent = "The jobs are not known at the moment.";
  }
}

function showScheduler(it) {
  const counts = it.jobs ?? {};
  const facts = [
    ["Scheduler", it.paused ? "paused" : "running", it.paused ? "wait" : "good"],
    ["Leader", it.leader?.replica ?? "nobody yet", it.leader ? "" : "wait"],
    ["Replicas", it.replicas.length], ["Jobs active", counts.active ?? 0], ["Jobs paused", counts.paused ?? 0],
    ["Jobs completed", counts.completed ?? 0], ["Runs under way", it.active], ["Runs waiting", it.queued],
  ];
  $("scheduler").replaceChildren(...facts.map(([name, value, tone]) => {
    const box = element("div"), shown = element("dd", value, tone);
    shown.title = value;
    box.append(element("dt", name), shown);
    return box;
  }));
}

// What an answer spells out although it is the default would only be in the way.
const USUAL = { from: "schedule", weekStart: "sunday", every: 1 };
function describe({ type, timezone, ...words }) {
  const told = Object.entries(words).filter(([name, value]) => value !== USUAL[name] && (typeof value !== "object" || Array.isArray(value)))
    .map(([name, value]) => (name === "expression" ? value : `${name} ${[].concat(value).join(", ")}`));
  return [`${type} ${told.join(" ")}`, timezone];
}

function showJobs(list) {
  nextRuns = [];
  $("jobs").replaceChildren(...list.jobs.map((job) => {
    const row = element("tr"), name = element("td", job.id), when = element("td", "", "number"), next = element("td", "", "number");
    name.append(element("span", job.description ?? job.name, "soft"));
    const [what, zone] = describe(job.schedule);
    const schedule = element("td", what);
    schedule.append(element("span", zone, "soft"));
    const state = element("td", job.state, TONES[job.state]);
    state.append(element("span", job.pause?.reason, "soft"));
    if (job.nextRunAt) nextRuns.push([next, Date.parse(job.nextRunAt)]); else next.textContent = "–";
    next.title = job.nextRunAt ?? "nothing is due";
    when.append(element("span", job.lastRun?.state ?? "none yet", TONES[job.lastRun?.state] ?? "soft"));
    if (job.lastRun?.finishedAt) when.append(element("span", `${clock(job.lastRun.finishedAt)} ${job.lastRun.reason ?? ""}`, "soft"));
    row.append(name, schedule, state, next, when);
    return row;
  }));
  $("no-jobs").hidden = list.jobs.length > 0;
  $("no-jobs").textContent = "No jobs yet. Register one through the API: PUT /v1/jobs/{id}.";
  $("jobs-note").textContent = list.nextPageToken ? "the first 50" : "";
  countDown();
}

function countDown() {
  for (const [cell, at] of nextRuns) {
    const seconds = Math.max(0, Math.round((at - Date.now()) / 1000));
    const [d, h, m, s] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
    cell.textContent = seconds === 0 ? "now" : d ? `in ${d} d ${h} h` : h ? `in ${h} h ${m} min` : m ? `in ${m} min ${s} s` : `in ${s} s`;
  }
}

function showEvent(event) {
  const item = element("li"), [, word] = event.type.split("."), data = event.data;
  const about = event.subject ?? data.replica ?? (data.oldest ? "some events were forgotten before they could be shown" : "");
  item.append(element("time", clock(event.time), "soft"), element("strong", event.type, TONES[word ?? event.type] ?? ""),
    element("span", [about, data.reason].filter(Boolean).join(" · "), "soft"));
  $("events").prepend(item);
  while ($("events").children.length > MOST_EVENTS) $("events").lastChild.remove();
  $("no-events").hidden = true;
}

function take(message) {
  const event = JSON.parse(message.data);
  event.type = message.type;
  if (paused) unseen = [...unseen.slice(1 - MOST_EVENTS), event]; else showEvent(event);
  if (paused) $("events-note").textContent = `paused, ${unseen.length}${unseen.length === MOST_EVENTS ? "+" : ""} new`;
  // What happened may have changed what is shown; many changes at once need one look only.
  soon ||= setTimeout(() => { soon = 0; look(); }, 1000);
}

let lastSeen = null;
function follow() {
  const source = new EventSource(lastSeen ? `/v1/events?after=${encodeURIComponent(lastSeen)}` : "/v1/events");
  const types = ["job.created", "job.updated", "job.paused", "job.resumed", "job.completed", "job.deleted", "run.queued", "run.started",
    "run.retrying", "run.awaiting-completion", "run.succeeded", "run.failed", "run.cancelled", "run.skipped", "scheduler.paused",
    "scheduler.resumed", "scheduler.limited", "leader.elected", "leader.resigned", "gap"];
  types.forEach((type) => source.addEventListener(type, (message) => { lastSeen = message.lastEventId; take(message); }));
  source.onopen = () => { if (!paused) $("events-note").textContent = "live"; };
  source.onerror = () => {
    if (!paused) $("events-note").textContent = "disconnected, trying again …";
    // Browsers come back by themselves, but not after an answer that is an error.
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, RECONNECT_AFTER_MS);
  };
}

$("pause").addEventListener("click", () => {
  paused = !paused;
  $("pause").textContent = paused ? "Continue" : "Pause";
  $("events-note").textContent = paused ? "paused" : "live";
  if (!paused) unseen.splice(0).forEach(showEvent);
});
look();
follow();
setInterval(look, LOOK_EVERY_MS);
setInterval(countDown, 1000);
