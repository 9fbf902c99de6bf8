// What each sound consists of: notes `[form, hertz, hertz at the end, begins, lasts, loudness, swells]`, whose times are in
// seconds, and bursts of noise `["noise", hertz of the band, hertz at the end, begins, lasts, loudness, swells, sharpness]`. A part
// swells to its loudness for so long and falls from then on; for most that is no time at all. Loaded when one is played.

const SHARP = 0.7; // of a band of noise, if nothing else is said
const many = (count, part) => Array.from({ length: count }, (_, at) => part(at));
const scattered = (at, most) => (at * 7919) % most; // the same each time, and without a pattern that anybody hears
const noise = (from, to, begins, lasts, loudness, swells = 0.01, sharpness = SHARP) => ["noise", from, to, begins, lasts, loudness, swells, sharpness];
const tone = (form, from, to, begins, lasts, loudness, swells = 0.01) => [form, from, to, begins, lasts, loudness, swells];
const sine = (...rest) => tone("sine", ...rest);
const steady = (form, hertz, ...rest) => tone(form, hertz, hertz, ...rest);
const chord = (form, tones, begins, lasts, loudness, swells) => tones.map((hertz) => steady(form, hertz, begins, lasts, loudness, swells));
const struck = (hertz, begins, lasts, loudness, partials = [1, 2.01, 2.76, 5.4, 8.9]) => partials.map((partial, at) => steady("sine", hertz * partial, begins, lasts / (1 + at * 0.7), loudness / (1 + at)));
const glide = (form, steps, begins, each, loudness) => steps.slice(1).map((hertz, at) => tone(form, steps[at], hertz, begins + at * each, each * 1.3, loudness, each * 0.3));
const plucked = (hertz, begins, lasts = 1.4, loudness = 0.2) => [steady("triangle", hertz, begins, lasts, loudness), steady("sine", hertz * 2, begins, lasts / 2, loudness / 3), steady("sine", hertz * 3, begins, lasts / 4, loudness / 5)];
const click = (begins, hertz = 2500, loudness = 0.6) => noise(hertz, hertz, begins, 0.03, loudness, 0.001, 2);

export const PARTS = {
  alarm: many(8, (at) => steady("square", 1760, at * 0.11 + (at > 3 ? 0.35 : 0), 0.07, 0.14)),
  applause: many(70, (at) => noise(900 + scattered(at, 1600), 900 + scattered(at, 1600), at * 0.027 + scattered(at, 11) / 300, 0.06, 0.5 * Math.sin((Math.PI * (at + 4)) / 76), 0.01, 1.2)),
  bark: [0, 0.34].flatMap((at) => [tone("sawtooth", 520, 170, at, 0.17, 0.3), noise(1100, 500, at, 0.14, 0.5)]),
  bees: many(16, (at) => tone("sawtooth", 180 + scattered(at, 45), 190 + scattered(at + 3, 50), at * 0.12, 0.22, 0.22, 0.08)),
  bell: struck(620, 0, 2.2, 0.45),
  bicycle: [0, 0.75].flatMap((begin) => many(9, (at) => struck(2350, begin + at * 0.045, 0.35, 0.1, [1, 1.5]))).flat(),
  birds: many(11, (at) => sine(2500 + scattered(at, 900), 3300 + scattered(at + 2, 1100), at * 0.17 + scattered(at, 5) / 40, 0.09, 0.22, 0.02)),
  boing: many(9, (at) => sine(at % 2 ? 330 : 150, at % 2 ? 150 : 330, at * 0.09, 0.13, 0.5 / (1 + at * 0.35), 0.02)),
  bongo: [[0, 330], [0.2, 330], [0.3, 330], [0.5, 220], [0.7, 330], [0.9, 220], [1, 220]].flatMap(([at, hertz]) => [sine(hertz, hertz * 0.75, at, 0.16, 0.7), noise(900, 500, at, 0.03, 0.4)]),
  bubbles: many(14, (at) => sine(260 + scattered(at, 300), 700 + scattered(at, 600), at * 0.11 + scattered(at, 7) / 60, 0.09, 0.35, 0.02)),
  buzzer: [steady("square", 98, 0, 0.7, 0.3), steady("sawtooth", 147, 0, 0.7, 0.2)],
  camera: [click(0, 3200, 0.9), noise(1500, 700, 0.02, 0.06, 0.5), click(0.13, 2400, 0.8), noise(5200, 6500, 0.18, 0.35, 0.14, 0.05)],
  cash: [click(0, 1800, 0.9), click(0.08, 1400, 0.9), noise(900, 600, 0.09, 0.1, 0.5), ...struck(1980, 0.24, 1.3, 0.3), ...struck(2640, 0.3, 1.2, 0.2)],
  cat: [...glide("sawtooth", [430, 720, 800, 610, 380], 0, 0.17, 0.16), ...glide("sine", [860, 1440, 1600, 1220, 760], 0, 0.17, 0.16)],
  chimes: many(13, (at) => struck(1100 + [0, 137, 275, 550, 733][scattered(at, 5)], at * 0.15 + scattered(at, 9) / 50, 1.4, 0.14, [1, 2.76])).flat(),
  clock: many(8, (at) => [click(at * 0.5, at % 2 ? 1900 : 2600, 0.8), sine(at % 2 ? 900 : 1250, at % 2 ? 800 : 1150, at * 0.5, 0.04, 0.25, 0.001)]).flat(),
  coin: [steady("square", 988, 0, 0.09, 0.22), steady("square", 1319, 0.08, 0.5, 0.22)],
  crickets: many(12, (at) => sine(4300, 4450, Math.floor(at / 3) * 0.55 + (at % 3) * 0.07, 0.06, 0.25)),
  cuckoo: [0, 0.95, 1.9].flatMap((at) => [steady("sine", 698, at, 0.28, 0.4, 0.04), steady("sine", 554, at + 0.36, 0.42, 0.4, 0.04)]),
  doorbell: [...struck(659, 0, 1.4, 0.4, [1, 2, 3]), ...struck(523, 0.55, 1.8, 0.4, [1, 2, 3])],
  drip: [[0, 1], [0.55, 0.35], [0.95, 0.7], [1.5, 0.25]].flatMap(([at, loud]) => [sine(620, 1500, at, 0.09, 0.5 * loud, 0.005), sine(1500, 1250, at + 0.11, 0.14, 0.14 * loud)]),
  drumroll: [...many(42, (at) => noise(900 + 20 * at, 700, at * 0.036, 0.05, 0.15 + 0.012 * at, 0.002)), noise(6500, 5000, 1.56, 1, 0.6), sine(120, 70, 1.56, 0.25, 0.8)],
  duck: [0, 0.26, 0.48].flatMap((at) => [tone("sawtooth", 410, 300, at, 0.15, 0.22), tone("square", 1230, 900, at, 0.13, 0.08), noise(1400, 1000, at, 0.1, 0.25)]),
  engine: [...glide("sawtooth", [58, 90, 140, 85, 120, 210, 320], 0, 0.34, 0.28), ...glide("square", [29, 45, 70, 43, 60, 105, 160], 0, 0.34, 0.14)],
  explosion: [noise(1500, 90, 0, 1.9, 1, 0.005, 0.4), sine(130, 28, 0, 1.2, 0.9, 0.005), noise(300, 60, 0.1, 2.4, 0.7, 0.1, 0.4)],
  fanfare: [[523, 0, 0.16], [523, 0.18, 0.1], [523, 0.3, 0.1], [659, 0.42, 0.22], [523, 0.66, 0.16], [784, 0.84, 0.9]].flatMap(([hertz, at, lasts]) => [steady("sawtooth", hertz, at, lasts, 0.16), steady("triangle", hertz * 1.5, at, lasts, 0.14)]),
  fireworks: [sine(700, 2600, 0, 0.8, 0.12, 0.5), noise(1100, 200, 0.85, 1, 0.9, 0.004, 0.4), ...many(26, (at) => noise(4200 + scattered(at, 2500), 5000, 1 + at * 0.045 + scattered(at, 7) / 100, 0.04, 0.4 - at * 0.012, 0.002, 2))],
  foghorn: [tone("sawtooth", 92, 88, 0, 1.7, 0.3, 0.25), tone("sawtooth", 139, 133, 0, 1.7, 0.18, 0.25), tone("sine", 46, 44, 0, 1.9, 0.4, 0.25)],
  frog: [0, 0.42].flatMap((begin) => many(7, (at) => tone("square", 130 + at * 9, 210 + at * 12, begin + at * 0.034, 0.04, 0.2, 0.005))),
  ghost: [...glide("sine", [620, 980, 760, 1150, 700, 1040, 640, 900, 480], 0, 0.24, 0.3), ...glide("triangle", [626, 990, 767, 1161, 707, 1050, 646, 909, 485], 0, 0.24, 0.12)],
  gong: [...struck(110, 0, 3, 0.6, [1, 1.48, 2.11, 2.93, 3.71, 4.4]), noise(700, 1800, 0, 1.4, 0.25, 0.3, 0.5)],
  guitar: [82, 123, 165, 208, 247, 330].flatMap((hertz, at) => plucked(hertz, at * 0.035, 1.9, 0.22).concat([tone("sawtooth", hertz, hertz, at * 0.035, 0.5, 0.06)])),
  harp: [262, 294, 330, 392, 440, 523, 587, 659, 784, 880, 1047, 1175, 1319, 1568].flatMap((hertz, at) => plucked(hertz, at * 0.065, 1.3, 0.16)),
  heartbeat: [0, 0.9, 1.8].flatMap((at) => [sine(70, 42, at, 0.16, 0.9), sine(62, 38, at + 0.24, 0.18, 0.7)]),
  horn: [tone("sawtooth", 233, 228, 0, 0.9, 0.22), tone("sawtooth", 294, 288, 0, 0.9, 0.22)],
  knock: [0, 0.2, 0.4].flatMap((at) => [sine(170, 95, at, 0.09, 0.9, 0.002), noise(700, 350, at, 0.05, 0.7, 0.002)]),
  laser: [0, 0.22, 0.44].map((at) => tone("sawtooth", 1900, 130, at, 0.2, 0.2)),
  levelup: [392, 523, 659, 784, 659, 784, 1047].map((hertz, at) => steady("square", hertz, at * 0.085 + (at > 5 ? 0.05 : 0), at > 5 ? 0.6 : 0.1, 0.14)),
  magic: [523, 659, 784, 988, 1175, 1397, 1568, 2093].map((hertz, at) => steady("sine", hertz, at * 0.07, 0.7, 0.2)),
  modem: [...[941, 697, 852, 770].flatMap((hertz, at) => chord("sine", [hertz, 1336], at * 0.12, 0.09, 0.2)), steady("sine", 2100, 0.6, 0.5, 0.22), ...glide("square", [1200, 2400, 1300, 2300], 1.15, 0.14, 0.1), noise(1800, 2600, 1.6, 0.9, 0.45, 0.1, 1.5), steady("sine", 2250, 1.6, 0.8, 0.12, 0.1)],
  morse: [0, 0.16, 0.32, 0.6, 0.9, 1.2, 1.6, 1.76, 1.92].map((begins, at) => steady("sine", 720, begins, at > 2 && at < 6 ? 0.26 : 0.11, 0.34, 0.008)),
  ocean: [0, 1.5].flatMap((at) => [noise(350, 1100, at, 1.9, 0.6, 0.8, 0.4), noise(2500, 4500, at + 0.5, 1.5, 0.3, 0.5, 0.5)]),
  organ: [[262, 330, 392, 0.75], [220, 262, 349, 0.75], [247, 294, 392, 0.75], [262, 330, 523, 1.5]].flatMap(([low, middle, high, lasts], at) => chord("sine", [low, middle, high, low * 2, middle * 2, high * 2], at * 0.6, lasts, 0.13, 0.05).concat([steady("triangle", low / 2, at * 0.6, lasts, 0.18, 0.05)])),
  owl: [[0, 0.22], [0.42, 0.14], [0.6, 0.55]].flatMap(([at, lasts]) => [tone("sine", 400, 350, at, lasts, 0.5, 0.06), noise(420, 380, at, lasts, 0.3, 0.06, 4)]),
  phone: [0, 1.3].flatMap((begin) => many(18, (at) => chord("sine", at % 2 ? [1480] : [1175], begin + at * 0.045, 0.06, 0.3)).flat()),
  piano: [[262, 0], [330, 0.02], [392, 0.04], [523, 0.06]].flatMap(([hertz, at]) => plucked(hertz, at, 2.2, 0.24).concat([noise(hertz * 4, hertz * 3, at, 0.03, 0.12)])),
  pop: [sine(420, 70, 0, 0.07, 0.9, 0.002), noise(2200, 900, 0, 0.05, 0.7, 0.001)],
  rain: [noise(5200, 4800, 0, 2.4, 0.16, 0.5, 0.3), ...many(60, (at) => noise(1800 + scattered(at, 4200), 1500 + scattered(at, 3000), at * 0.036 + scattered(at, 13) / 200, 0.025, 0.3, 0.001, 3))],
  rimshot: [sine(190, 120, 0, 0.16, 0.8), noise(1800, 1800, 0, 0.08, 0.6), sine(150, 90, 0.2, 0.18, 0.8), noise(1400, 1400, 0.2, 0.09, 0.6), noise(7500, 7500, 0.5, 0.9, 0.55, 0.01, 0.4)],
  rocket: [noise(120, 900, 0, 2.4, 0.9, 0.9, 0.4), noise(400, 3500, 0.3, 2.1, 0.5, 1.2, 0.4), tone("sawtooth", 45, 180, 0, 2.2, 0.2, 0.8)],
  rooster: [[520, 640, 0, 0.16], [660, 690, 0.2, 0.14], [700, 900, 0.38, 0.2], [930, 880, 0.56, 0.35], [880, 480, 0.86, 0.5]].flatMap(([from, to, at, lasts]) => [tone("sawtooth", from, to, at, lasts, 0.3, 0.03), tone("square", from * 2, to * 2, at, lasts, 0.1, 0.03)]),
  siren: many(4, (at) => [tone("triangle", 660, 960, at * 0.6, 0.36, 0.34, 0.1), tone("triangle", 960, 660, at * 0.6 + 0.3, 0.36, 0.34, 0.1)]).flat(),
  sneeze: [noise(900, 1700, 0, 0.5, 0.28, 0.4, 2), sine(300, 430, 0.05, 0.4, 0.16, 0.3), noise(3800, 1800, 0.62, 0.45, 1, 0.005, 0.5), tone("sawtooth", 360, 190, 0.62, 0.3, 0.2)],
  snore: [0, 1.4].flatMap((begin) => many(14, (at) => noise(240 + at * 6, 200, begin + at * 0.045, 0.05, 1, 0.004, 1)).concat([noise(1700, 900, begin + 0.8, 0.5, 0.35, 0.2, 1)])),
  tada: [...chord("sawtooth", [392, 494, 587], 0, 0.14, 0.12), ...chord("sawtooth", [523, 659, 784, 1047], 0.2, 1.2, 0.12, 0.03), noise(7000, 6000, 0.2, 0.9, 0.25)],
  thunder: [noise(2400, 300, 0, 0.35, 0.9, 0.003, 0.4), ...many(9, (at) => noise(200 - at * 12, 70, 0.12 + at * 0.24 + scattered(at, 5) / 30, 0.7, 0.9 - at * 0.08, 0.06, 0.5))],
  train: [...many(8, (at) => noise(900, 400, at * (0.34 - at * 0.012), 0.16, 0.7, 0.02, 0.6)), ...chord("sawtooth", [311, 370, 466], 2.05, 0.8, 0.12, 0.08)],
  trombone: [[311, 305, 0, 0.38], [294, 288, 0.42, 0.38], [277, 271, 0.84, 0.38], [262, 196, 1.26, 1.1]].map(([from, to, at, lasts]) => tone("sawtooth", from, to, at, lasts, 0.2)),
  typewriter: [...[0, 0.13, 0.23, 0.39, 0.5, 0.6, 0.74, 0.86, 1].flatMap((at, index) => [click(at, 2000 + scattered(index, 1200), 0.9), sine(240, 160, at, 0.03, 0.4, 0.001)]), ...struck(2100, 1.25, 1.1, 0.28, [1, 2.76])],
  ufo: many(9, (at) => tone("sine", at % 2 ? 900 - at * 30 : 480, at % 2 ? 480 : 900 - at * 30, at * 0.22, 0.26, 0.32, 0.06)),
  whistle: [...many(16, (at) => steady("sine", at % 2 ? 2350 : 2180, at * 0.035, 0.05, 0.28)), ...many(26, (at) => steady("sine", at % 2 ? 2350 : 2180, 0.75 + at * 0.035, 0.05, 0.28))],
  wind: [[300, 800, 0], [750, 420, 0.8], [450, 1000, 1.5]].map(([from, to, at]) => noise(from, to, at, 1.3, 0.8, 0.6, 3)),
  wolf: [...glide("sine", [290, 420, 560, 590, 580, 540, 400], 0, 0.34, 0.34), ...glide("sawtooth", [290, 420, 560, 590, 580, 540, 400], 0, 0.34, 0.05)],
  xylophone: [523, 587, 659, 698, 784, 880, 988, 1047, 784, 1047].flatMap((hertz, at) => [steady("sine", hertz * 2, at * 0.12, 0.3, 0.36, 0.002), steady("sine", hertz * 6, at * 0.12, 0.1, 0.1, 0.002), click(at * 0.12, 3000, 0.15)]),
  zap: [tone("sawtooth", 2600, 60, 0, 0.25, 0.3), noise(4500, 700, 0, 0.3, 0.6, 0.005, 1.2), ...many(5, (at) => click(0.28 + at * 0.05 + scattered(at, 3) / 50, 3500, 0.5))],
};
