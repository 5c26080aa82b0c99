package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// reader is tesseract; the test is skipped where it is missing.
func reader(t *testing.T) *Tesseract {
	t.Helper()
	found, err := Find(t.Context())
	if errors.Is(err, ErrMissing) {
		t.Skip("SKIPPED, pictures are not read here: " + err.Error())
	}
	require.NoError(t, err)
	return found
}

// drawn is a picture of lines of words, as a phone shows them.
func drawn(t *testing.T, paper, ink color.Color, lines ...string) image.Image {
	t.Helper()
	parsed, err := opentype.Parse(goregular.TTF)
	require.NoError(t, err)
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 24, DPI: 72})
	require.NoError(t, err)
	img := image.NewRGBA(image.Rect(0, 0, 720, 40+40*len(lines)))
	draw.Draw(img, img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	for i, line := range lines {
		d := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(30, 50+40*i)}
		d.DrawString(line)
	}
	return img
}

func asPNG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, img))
	return out.Bytes()
}

var threat = []string{
	"Dear Consumer, your electricity power will be",
	"disconnected tonight at 9:30 pm. Please call our",
	"officer 9000000097 or pay at bill-update.example",
}

func TestReads(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for name, colors := range map[string][2]color.Color{
		"dark on light": {color.White, color.Black},
		"light on dark": {color.RGBA{0x20, 0x2c, 0x33, 0xff}, color.RGBA{0xe9, 0xed, 0xef, 0xff}},
	} {
		t.Run(name, func(t *testing.T) {
			words, err := r.Read(t.Context(), bytes.NewReader(asPNG(t, drawn(t, colors[0], colors[1], threat...))))
			require.NoError(t, err)
			assert.Equal(t, strings.Join(threat, "\n"), words)
		})
	}
}

// What messengers send is JPEG, squeezed. A long number may lose a digit there.
func TestReadsJPEG(t *testing.T) {
	t.Parallel()
	r := reader(t)
	var squeezed bytes.Buffer
	require.NoError(t, jpeg.Encode(&squeezed, drawn(t, color.White, color.Black, threat...), &jpeg.Options{Quality: 50}))
	words, err := r.Read(t.Context(), &squeezed)
	require.NoError(t, err)
	assert.Contains(t, words, threat[1])
}

func TestReadsHindi(t *testing.T) {
	t.Parallel()
	r := reader(t)
	shot, err := os.Open(filepath.Join("..", "..", "testdata", "pictures", "electricity.png"))
	require.NoError(t, err)
	defer shot.Close() //nolint:errcheck // it is only read
	words, err := r.Read(t.Context(), shot)
	require.NoError(t, err)
	for _, want := range []string{"आपकी बिजली आज रात 9:30 बजे काट दी", "बिजली अधिकारी", "9000000411"} {
		assert.Contains(t, words, want)
	}
}

// What has no words has none, however hard one looks.
func TestReadsNothing(t *testing.T) {
	t.Parallel()
	r := reader(t)
	noise := image.NewGray(image.Rect(0, 0, 600, 600))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.Uint32())
	}
	for name, img := range map[string]image.Image{
		"blank": drawn(t, color.White, color.Black), "noise": noise, "one dot": image.NewGray(image.Rect(0, 0, 1, 1)),
		"a line of one pixel": image.NewGray(image.Rect(0, 0, 3000, 1)),
	} {
		words, err := r.Read(t.Context(), bytes.NewReader(asPNG(t, img)))
		require.NoError(t, err, name)
		assert.Empty(t, words, name)
	}
}

// A reading ends when it is told to.
func TestReadingEnds(t *testing.T) {
	t.Parallel()
	r := reader(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := r.Read(ctx, bytes.NewReader(asPNG(t, drawn(t, color.White, color.Black, threat...))))
	require.ErrorIs(t, err, context.Canceled)
}

func TestFindNothing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Find(t.Context())
	require.ErrorIs(t, err, ErrMissing)
}

// A picture from a stranger is looked at before it is unpacked.
func TestUnpackRefuses(t *testing.T) {
	t.Parallel()
	whole := asPNG(t, drawn(t, color.White, color.Black, threat...))
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":            {nil, "unpack picture"},
		"no picture":         {[]byte("%PDF-1.4"), "unpack picture"},
		"a broken one":       {whole[:len(whole)/2], "unpack picture"},
		"too many pixels":    {sized(60_000, 60_000), ErrTooLarge.Error()},
		"one pixel too many": {sized(maxPixels+1, 1), ErrTooLarge.Error()},
		"too many bytes":     {append(whole, make([]byte, maxBytes)...), ErrTooLarge.Error()},
	} {
		_, err := unpack(bytes.NewReader(test.data))
		require.ErrorContains(t, err, test.want, name)
	}
}

// sized is the head of a PNG that says to be of a size.
func sized(w, h uint32) []byte {
	head := []byte("IHDR\x00\x00\x00\x00\x00\x00\x00\x00\x08\x00\x00\x00\x00")
	binary.BigEndian.PutUint32(head[4:], w)
	binary.BigEndian.PutUint32(head[8:], h)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

func TestScaled(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ from, to image.Point }{
		{image.Pt(300, 600), image.Pt(600, shortest)},
		{image.Pt(720, 1600), image.Pt(720, 1600)},
		{image.Pt(5200, 2600), image.Pt(longest, 1300)},
		{image.Pt(6000, 1), image.Pt(longest, 1)},
	} {
		got := scaled(image.NewGray(image.Rectangle{Max: test.from}))
		assert.Equal(t, test.to, got.Bounds().Size())
		assert.Len(t, encode(got), len("P5\n \n255\n")+len(strings.ReplaceAll(test.to.String(), ",", ""))-2+test.to.X*test.to.Y)
	}
}
