package inbox_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/locales"
)

// A case goes on paper with its number, its UTRs and its transcript, and without
// what is only for the screen.
func TestACaseIsPrintedAsAPDF(t *testing.T) {
	w := newWorld(t)
	b := newTab(t, 1366, 768, "dark")
	for _, lang := range locales.Langs() {
		b.enter(w, officer, lang)
		b.open(w.url + "/cases/1/print")
		pdf := b.pdf()
		if dir := os.Getenv("MITAN_SHOTS"); dir != "" {
			require.NoError(t, os.WriteFile(filepath.Join(dir, "case-"+string(lang)+".pdf"), pdf, 0o600))
			b.media("print")
			b.size(690, 1000, 16) // an A4 page within its margins
			require.NoError(t, os.WriteFile(filepath.Join(dir, "case-"+string(lang)+".png"), b.picture(), 0o600))
			b.size(1366, 768, 16)
			b.media("")
		}
		require.True(t, bytes.HasPrefix(pdf, []byte("%PDF-")))
		text := pdfText(t, pdf)
		for _, want := range []string{"BSP-26-001187", "632118904417", "Udaan Payments Bank", "bijli.help@exampleupi", "Bijli_Bill_Update.apk"} {
			assert.Contains(t, text, strings.ReplaceAll(want, " ", ""), lang)
		}
		for _, screen := range []string{"English", "Dashboard"} { // of the frame
			assert.NotContains(t, text, screen, lang)
		}
	}
}

// media shows the page as on paper ("print"), or as ever ("").
func (b *tab) media(media string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media})
		return err
	}))
}

// pdf prints the page that is open.
func (b *tab) pdf() (data []byte) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		printed, err := cdp.Call(ctx, target, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69})
		data = printed.Data
		return err
	}))
	return data
}

var (
	pdfStream = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
	pdfBlock  = regexp.MustCompile(`(?s)\bBT\b(.*?)\bET\b`)
	pdfHex    = regexp.MustCompile(`<([0-9A-F]+)>`)
	pdfChars  = regexp.MustCompile(`(?s)beginbf(char|range)(.*?)endbf`)
)

// pdfText is the text of a PDF as Chromium writes it, without spaces. A glyph
// has a number of its own in each font, so each piece of text is read by the
// table of each font: what is looked for stands in one of the readings.
func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	var fonts []map[string]string
	var pieces []string
	for _, found := range pdfStream.FindAllSubmatch(pdf, -1) {
		z, err := zlib.NewReader(bytes.NewReader(found[1]))
		if err != nil {
			continue // the shape of a letter
		}
		data, err := io.ReadAll(z)
		require.NoError(t, err)
		if font := glyphs(data); len(font) > 0 {
			fonts = append(fonts, font)
		}
		for _, block := range pdfBlock.FindAllSubmatch(data, -1) {
			piece := ""
			for _, part := range pdfHex.FindAllSubmatch(block[1], -1) {
				piece += string(part[1])
			}
			pieces = append(pieces, piece)
		}
	}
	require.NotEmpty(t, fonts, "the PDF has letters")
	var text strings.Builder
	for _, font := range fonts {
		for _, piece := range pieces {
			text.WriteString(read(piece, font) + "\n")
		}
	}
	return text.String()
}

// read is a piece of text in the letters of a font.
func read(piece string, font map[string]string) (text string) {
	for glyph := range font {
		for ; len(piece) >= len(glyph); piece = piece[len(glyph):] { // all are as long
			text += strings.TrimSpace(font[piece[:len(glyph)]])
		}
		break
	}
	return text
}

// glyphs reads which letters the glyphs of a font stand for.
func glyphs(cmap []byte) map[string]string {
	font := map[string]string{}
	for _, block := range pdfChars.FindAllSubmatch(cmap, -1) {
		n := 2 // a glyph and its letters, or the first glyph and the last and the first's letters
		if string(block[1]) == "range" {
			n = 3
		}
		for all := pdfHex.FindAllSubmatch(block[2], -1); len(all) >= n; all = all[n:] {
			width := len(all[0][1])
			first, _ := strconv.ParseUint(string(all[0][1]), 16, 32)
			last, _ := strconv.ParseUint(string(all[n-2][1]), 16, 32)
			letters, _ := hex.DecodeString(string(all[n-1][1]))
			for glyph := first; glyph <= last && len(letters) > 1; glyph++ {
				font[fmt.Sprintf("%0*X", width, glyph)] = utf16Text(letters)
				letters[len(letters)-1]++
			}
		}
	}
	return font
}

func utf16Text(data []byte) string {
	var units []uint16
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, uint16(data[i])<<8|uint16(data[i+1]))
	}
	return string(utf16.Decode(units))
}
