import { audio } from "./audio.js";

const NOTES_HZ = [587.33, 880]; // a fifth upwards
const STEP_SECONDS = 0.11;
const FADE_SECONDS = 0.5;
const LOUDNESS = 0.12;

/** Plays two soft notes. */
export function chime() {
  try {
    const context = audio();
    for (const [index, hertz] of NOTES_HZ.entries()) note(context, hertz, context.currentTime + index * STEP_SECONDS);
  } catch (error) {
    console.info("The sound of a notification could not be played.", error.message);
  }
}

function note(context, hertz, from) {
  const tone = new OscillatorNode(context, { frequency: hertz, type: "sine" });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(0, from);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, from + 0.01);
  loudness.gain.exponentialRampToValueAtTime(0.0001, from + FADE_SECONDS);
  tone.connect(loudness).connect(context.destination);
  tone.start(from);
  tone.stop(from + FADE_SECONDS);
}
