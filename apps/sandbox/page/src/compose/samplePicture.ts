/** Skies at different hours: above, below, sun, hills. */
const SCENES = [
  { above: '#7cc4f2', below: '#e8f5d8', sun: '#fff2b0', hills: ['#5f9e6e', '#3f7f5a', '#2c5f49'] },
  { above: '#f6a55f', below: '#fde3b8', sun: '#fff7df', hills: ['#b4654a', '#8a4a45', '#5c3344'] },
  { above: '#26365f', below: '#6b6fa8', sun: '#f4f1dc', hills: ['#3b4577', '#2b345d', '#1c2343'] },
];

/** Draws a small landscape, so that there is a picture to send where there is none. */
export async function samplePicture(number: number): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = 960;
  canvas.height = 720;
  const paint = canvas.getContext('2d');
  const scene = SCENES[number % SCENES.length];
  if (paint === null || scene === undefined) throw new TypeError('the browser cannot draw');
  const sky = paint.createLinearGradient(0, 0, 0, 560);
  sky.addColorStop(0, scene.above);
  sky.addColorStop(1, scene.below);
  paint.fillStyle = sky;
  paint.fillRect(0, 0, 960, 720);
  paint.fillStyle = scene.sun;
  paint.beginPath();
  paint.arc(690 - number * 180, 210 + number * 20, 64, 0, Math.PI * 2);
  paint.fill();
  scene.hills.forEach((colour, row) => {
    paint.fillStyle = colour;
    paint.beginPath();
    paint.moveTo(0, 720);
    for (let x = 0; x <= 960; x += 8) {
      const wave = Math.sin((x / 960) * Math.PI * (1.6 + row) + row * 1.7 + number);
      paint.lineTo(x, 430 + row * 85 - wave * (70 - row * 14));
    }
    paint.lineTo(960, 720);
    paint.fill();
  });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.86));
  if (blob === null) throw new TypeError('the browser cannot make a picture');
  return new File([blob], `landscape-${number + 1}.jpg`, { type: 'image/jpeg' });
}
