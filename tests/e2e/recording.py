"""A video that a browser can play, made by the browser itself: there is no encoder elsewhere."""

RECORD = """() => new Promise((resolve) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  const context = canvas.getContext("2d");
  const draw = setInterval(() => context.fillRect(Math.random() * 64, Math.random() * 48, 9, 9), 20);
  const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: "video/webm;codecs=vp8" });
  recorder.ondataavailable = async ({ data }) => {
    clearInterval(draw);
    resolve([...new Uint8Array(await data.arrayBuffer())]);
  };
  recorder.onstart = () => setTimeout(() => recorder.stop(), 700);
  recorder.start();
})"""
