package handset

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"unicode/utf8"
)

// The size of a made-up picture, and of the bars that stand for its words, in
// pixels.
const (
	pictureWidth  = 360
	pictureMargin = 24
	pictureLetter = 9
	pictureLine   = 30
	pictureBar    = 14
	pictureLines  = 40 // further words are not drawn
)

// Picture makes a PNG that stands for a photo of words: each word is a grey bar
// as long as it is. The words themselves are in an iTXt chunk named
// Description, for what reads pictures in tests.
func Picture(words string) []byte {
	lines := pictureRows(words)
	height := 2*pictureMargin + 2*pictureLine + pictureLine*len(lines)
	img := image.NewRGBA(image.Rect(0, 0, pictureWidth, height))
	fill := func(r image.Rectangle, c color.Color) {
		draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(img.Bounds(), color.RGBA{0xee, 0xf1, 0xf4, 0xff})
	fill(image.Rect(0, 0, pictureWidth, pictureLine+pictureMargin/2), color.RGBA{0x33, 0x4e, 0x68, 0xff})
	fill(image.Rect(pictureMargin/2, 2*pictureLine, pictureWidth-pictureMargin/2, height-pictureMargin/2), color.White)
	for i, row := range lines {
		x, y := pictureMargin, 2*pictureLine+pictureMargin/2+i*pictureLine
		for _, width := range row {
			fill(image.Rect(x, y, x+width, y+pictureBar), color.RGBA{0x8a, 0x97, 0xa5, 0xff})
			x += width + pictureLetter
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(err) // a buffer takes everything
	}
	return describe(out.Bytes(), words)
}

// pictureRows breaks words into rows of bars, by their widths.
func pictureRows(words string) [][]int {
	const room = pictureWidth - 2*pictureMargin
	rows := [][]int{nil}
	used := 0
	for _, word := range strings.Fields(words) {
		width := min(utf8.RuneCountInString(word)*pictureLetter, room)
		if used > 0 && used+width > room {
			if len(rows) == pictureLines {
				break
			}
			rows, used = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], width)
		used += width + pictureLetter
	}
	return rows
}

// describe puts an iTXt chunk before the end of a PNG (PNG specification,
// third edition, 11.3.3.4): keyword, compression, language and words.
func describe(picture []byte, words string) []byte {
	const end = 12 // bytes of the IEND chunk
	body := "iTXt" + "Description\x00" + "\x00\x00" + "\x00" + "\x00" + words
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)-len("iTXt")))
	chunk = append(chunk, body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE([]byte(body)))
	at := len(picture) - end
	return append(append(bytes.Clone(picture[:at]), chunk...), picture[at:]...)
}

// Described are the words that Picture has put into a picture, and whether it
// is one of its own.
func Described(picture []byte) (words string, ok bool) {
	const head, start = "iTXtDescription\x00\x00\x00\x00\x00", len("iTXt")
	at := bytes.LastIndex(picture, []byte(head))
	if at < start {
		return "", false
	}
	size := int(binary.BigEndian.Uint32(picture[at-4 : at]))
	from, to := at+len(head), at+start+size
	if from > to || to > len(picture) {
		return "", false
	}
	return string(picture[from:to]), true
}
