import { audio } from "./audio.js";

const LOUDNESS = 0.3;
const SILENT = 0.0001; // what falls exponentially never reaches nothing
const NOISE_SECONDS = 2;
let noise = null;
let loading = null;

/** Plays a sound of `SOUNDS`, made here and now; resolves with false if the browser would not let it be heard. */
export async function playSound(name) {
  if (navigator.userActivation?.hasBeenActive === false) return false; // it would be heard at the next click
  try {
    const parts = (await allParts())[name];
    const context = audio();
    const all = new GainNode(context, { gain: LOUDNESS });
    all.connect(new DynamicsCompressorNode(context)).connect(context.destination);
    for (const part of parts) sound(context, part, all);
    return true;
  } catch (error) {
    console.info(`The sound ${name} could not be played.`, error.message);
    return false;
  }
}

/** What the sounds consist of: few people play any, so it is no part of the page. Without a network it is asked for again. */
async function allParts() {
  loading ??= import("./sound_parts.js");
  try {
    return (await loading).PARTS;
  } catch (error) {
    loading = null;
    throw error;
  }
}

function sound(context, [form, first, last, begins, lasts, loudness, swells, sharpness], goal) {
  const [from, to] = [context.currentTime + begins, context.currentTime + begins + lasts];
  const source = form === "noise" ? new AudioBufferSourceNode(context, { buffer: noiseOf(context), loop: true }) : new OscillatorNode(context, { type: form, frequency: first });
  const band = form === "noise" ? new BiquadFilterNode(context, { type: "bandpass", frequency: first, Q: sharpness }) : source;
  if (band !== source) source.connect(band);
  band.frequency.setValueAtTime(first, from);
  band.frequency.exponentialRampToValueAtTime(last, to);
  const level = new GainNode(context, { gain: 0 });
  level.gain.setValueAtTime(0, from);
  level.gain.linearRampToValueAtTime(loudness, from + swells);
  level.gain.exponentialRampToValueAtTime(SILENT, to);
  band.connect(level).connect(goal);
  source.start(from);
  source.stop(to);
}

function noiseOf(context) {
  if (noise) return noise;
  noise = new AudioBuffer({ length: NOISE_SECONDS * context.sampleRate, sampleRate: context.sampleRate });
  const samples = noise.getChannelData(0);
  for (let at = 0; at < samples.length; at += 1) samples[at] = 2 * Math.random() - 1;
  return noise;
}
