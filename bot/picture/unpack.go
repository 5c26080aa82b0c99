package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"

	_ "image/jpeg"
	_ "image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

// Limits of a picture that is read.
const (
	maxBytes  = 16 << 20
	maxPixels = 24_000_000 // more than a phone's camera makes
	// The longer side that tesseract gets: smaller letters are lost, larger ones
	// only take time.
	longest  = 2600
	shortest = 1200
)

// ErrTooLarge says that a picture has more bytes or pixels than are read.
var ErrTooLarge = errors.New("the picture is too large to be read")

// unpack makes a portable greymap (PGM) of a picture, in a size that can be
// read. Decoders may panic on a picture that is made to harm; that is an error.
func unpack(r io.Reader) (grey []byte, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("unpack picture: the decoder failed: %v", cause)
		}
	}()
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("unpack picture: %w", err)
	}
	if len(data) > maxBytes {
		return nil, ErrTooLarge
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("unpack picture: %w", err)
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > maxPixels/size.Height {
		return nil, ErrTooLarge
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("unpack picture: %w", err)
	}
	return encode(scaled(img)), nil
}

// scaled is a picture in grey on white, its longer side within the limits.
func scaled(img image.Image) *image.Gray {
	from := img.Bounds()
	long, to := max(from.Dx(), from.Dy()), from.Sub(from.Min)
	if side := min(max(long, shortest), longest); side != long {
		to = image.Rect(0, 0, max(1, from.Dx()*side/long), max(1, from.Dy()*side/long))
	}
	grey := image.NewGray(to)
	draw.Draw(grey, to, image.NewUniform(color.White), image.Point{}, draw.Src)
	if to.Dx() == from.Dx() {
		draw.Draw(grey, to, img, from.Min, draw.Over)
	} else {
		draw.CatmullRom.Scale(grey, to, img, from, draw.Over, nil)
	}
	return grey
}

// encode writes a PGM.
func encode(grey *image.Gray) []byte {
	w, h := grey.Rect.Dx(), grey.Rect.Dy()
	out := bytes.NewBuffer(make([]byte, 0, w*h+32))
	fmt.Fprintf(out, "P5\n%d %d\n255\n", w, h)
	for y := range h {
		out.Write(grey.Pix[y*grey.Stride : y*grey.Stride+w])
	}
	return out.Bytes()
}
