import { audio } from "./audio.js";

const LOUDNESS = 0.3;
const SILENT = 0.0001; // what falls exponentially never reaches nothing
const ATTACK_SECONDS = 0.01;
const NOISE_SECONDS = 2;
let noise = null;

// What each sound consists of: notes `[form, hertz, hertz at the end, begins, lasts, loudness]`, whose times are in seconds,
// and bursts of noise `["noise", hertz of the band, its sharpness, begins, lasts, loudness]`.
const PARTS = {
  applause: Array.from({ length: 70 }, (_, at) => ["noise", 900 + ((at * 7919) % 1600), 1.2, (at * 0.027) + ((at * 37) % 11) / 300, 0.06, 0.5 * Math.sin((Math.PI * (at + 4)) / 76)]),
  bell: [1, 2.01, 2.76, 5.4, 8.9].map((partial, at) => ["sine", 620 * partial, 620 * partial, 0, 2.2 / (1 + at * 0.7), 0.45 / (1 + at)]),
  buzzer: [["square", 98, 98, 0, 0.7, 0.3], ["sawtooth", 147, 147, 0, 0.7, 0.2]],
  coin: [["square", 988, 988, 0, 0.09, 0.22], ["square", 1319, 1319, 0.08, 0.5, 0.22]],
  crickets: Array.from({ length: 12 }, (_, at) => ["sine", 4300, 4450, Math.floor(at / 3) * 0.55 + (at % 3) * 0.07, 0.06, 0.25]),
  fanfare: [[523, 0, 0.16], [523, 0.18, 0.1], [523, 0.3, 0.1], [659, 0.42, 0.22], [523, 0.66, 0.16], [784, 0.84, 0.9]].flatMap(([hertz, at, lasts]) => [["sawtooth", hertz, hertz, at, lasts, 0.16], ["triangle", hertz * 1.5, hertz * 1.5, at, lasts, 0.14]]),
  heartbeat: [0, 0.9, 1.8].flatMap((at) => [["sine", 70, 42, at, 0.16, 0.9], ["sine", 62, 38, at + 0.24, 0.18, 0.7]]),
  horn: [["sawtooth", 233, 228, 0, 0.9, 0.22], ["sawtooth", 294, 288, 0, 0.9, 0.22]],
  laser: [0, 0.22, 0.44].map((at) => ["sawtooth", 1900, 130, at, 0.2, 0.2]),
  magic: [523, 659, 784, 988, 1175, 1397, 1568, 2093].map((hertz, at) => ["sine", hertz, hertz, at * 0.07, 0.7, 0.2]),
  rimshot: [["sine", 190, 120, 0, 0.16, 0.8], ["noise", 1800, 0.7, 0, 0.08, 0.6], ["sine", 150, 90, 0.2, 0.18, 0.8], ["noise", 1400, 0.7, 0.2, 0.09, 0.6], ["noise", 7500, 0.4, 0.5, 0.9, 0.55]],
  trombone: [[311, 305, 0, 0.38], [294, 288, 0.42, 0.38], [277, 271, 0.84, 0.38], [262, 196, 1.26, 1.1]].map(([from, to, at, lasts]) => ["sawtooth", from, to, at, lasts, 0.2]),
};

/** Plays a sound of `SOUNDS`, made here and now; false if the browser would not let it be heard. */
export function playSound(name) {
  if (navigator.userActivation?.hasBeenActive === false) return false; // it would be heard at the next click
  try {
    const context = audio();
    const all = new GainNode(context, { gain: LOUDNESS });
    all.connect(new DynamicsCompressorNode(context)).connect(context.destination);
    for (const part of PARTS[name]) sound(context, part, all);
    return true;
  } catch (error) {
    console.info(`The sound ${name} could not be played.`, error.message);
    return false;
  }
}

function sound(context, [form, hertz, second, begins, lasts, loudness], goal) {
  const [from, to] = [context.currentTime + begins, context.currentTime + begins + lasts];
  const source = form === "noise" ? new AudioBufferSourceNode(context, { buffer: noiseOf(context), loop: true }) : tone(context, form, hertz, second, from, to);
  const shaped = form === "noise" ? source.connect(new BiquadFilterNode(context, { type: "bandpass", frequency: hertz, Q: second })) : source;
  const level = new GainNode(context, { gain: 0 });
  level.gain.setValueAtTime(0, from);
  level.gain.linearRampToValueAtTime(loudness, from + ATTACK_SECONDS);
  level.gain.exponentialRampToValueAtTime(SILENT, to);
  shaped.connect(level).connect(goal);
  source.start(from);
  source.stop(to);
}

function tone(context, type, first, last, from, to) {
  const found = new OscillatorNode(context, { type, frequency: first });
  found.frequency.setValueAtTime(first, from);
  found.frequency.exponentialRampToValueAtTime(last, to);
  return found;
}

function noiseOf(context) {
  if (noise) return noise;
  noise = new AudioBuffer({ length: NOISE_SECONDS * context.sampleRate, sampleRate: context.sampleRate });
  const samples = noise.getChannelData(0);
  for (let at = 0; at < samples.length; at += 1) samples[at] = 2 * Math.random() - 1;
  return noise;
}
