package handset

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/gabriel-vasile/mimetype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot/voice"
)

func TestAPictureIsAPNGThatCarriesItsWords(t *testing.T) {
	for _, words := range []string{"", "बिजली आज रात कट जाएगी 90000 00411", strings.Repeat("word ", 5000), strings.Repeat("x", 500)} {
		picture := Picture(words)
		img, err := png.Decode(bytes.NewReader(picture))
		require.NoError(t, err, "the checksum of each chunk is checked")
		assert.Equal(t, pictureWidth, img.Bounds().Dx())
		assert.LessOrEqual(t, img.Bounds().Dy(), 1400)
		assert.Contains(t, string(picture), "iTXtDescription\x00\x00\x00\x00\x00"+words)
		described, own := Described(picture)
		assert.True(t, own)
		assert.Equal(t, words, described)
	}
}

// oggPage is a page as a reader sees it.
type oggPage struct {
	flags   byte
	granule uint64
	number  uint32
	packets [][]byte
}

// readOgg takes a stream apart and checks each page's checksum.
func readOgg(t *testing.T, b []byte) []oggPage {
	t.Helper()
	var pages []oggPage
	for len(b) > 0 {
		require.Equal(t, "OggS\x00", string(b[:5]))
		page := oggPage{flags: b[5], granule: binary.LittleEndian.Uint64(b[6:]), number: binary.LittleEndian.Uint32(b[18:])}
		lacing := b[27 : 27+int(b[26])]
		at, start := 27+len(lacing), 27+len(lacing)
		for _, n := range lacing {
			at += int(n)
			if n < 255 {
				page.packets = append(page.packets, b[start:at])
				start = at
			}
		}
		whole := bytes.Clone(b[:at])
		sum := binary.LittleEndian.Uint32(whole[22:])
		copy(whole[22:26], make([]byte, 4))
		require.Equal(t, tableChecksum(whole), sum, "page %d", len(pages))
		pages, b = append(pages, page), b[at:]
	}
	return pages
}

// tableChecksum is the checksum of RFC 3533 computed the other way, by a table.
func tableChecksum(b []byte) uint32 {
	var table [256]uint32
	for i := range table {
		r := uint32(i) << 24
		for range 8 {
			r = r<<1 ^ (r>>31)*0x04c11db7
		}
		table[i] = r
	}
	var crc uint32
	for _, c := range b {
		crc = crc<<8 ^ table[byte(crc>>24)^c]
	}
	return crc
}

func TestARecordingIsOggOpusOfItsLength(t *testing.T) {
	for _, d := range []time.Duration{0, 20 * time.Millisecond, 32 * time.Second, 5100 * time.Millisecond, MaxVoice, 2 * MaxVoice} {
		t.Run(d.String(), func(t *testing.T) {
			pages := readOgg(t, Recording(d, "पैसा चला गया"))
			require.Greater(t, len(pages), 2)
			assert.Equal(t, "OpusHead\x01\x01", string(pages[0].packets[0][:10]))
			assert.Contains(t, string(pages[1].packets[0]), "DESCRIPTION=पैसा चला गया")
			packets := 0
			for i, page := range pages {
				assert.EqualValues(t, i, page.number)
				assert.Equal(t, i == 0, page.flags&voice.OggFirst != 0)
				assert.Equal(t, i == len(pages)-1, page.flags&voice.OggLast != 0)
				if i > 1 {
					packets += len(page.packets)
					assert.EqualValues(t, packets*opusPacket+opusPreSkip, page.granule)
				}
			}
			want := max(20*time.Millisecond, min(d, MaxVoice))
			assert.Equal(t, want, time.Duration(packets)*20*time.Millisecond)
		})
	}
}

func TestWordsOfAnyLengthFitARecording(t *testing.T) {
	pages := readOgg(t, Recording(time.Second, strings.Repeat("क", maxWords)))
	require.Len(t, pages[1].packets, 1)
}

func TestMadeUpFilesAreWhatTheySay(t *testing.T) {
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"apk":       {File("card.APK"), "application/vnd.android.package-archive"},
		"text":      {File("notes.txt"), "text/plain; charset=utf-8"},
		"recording": {Recording(time.Second, "x"), "audio/ogg"},
		"picture":   {Picture("x"), "image/png"},
		"video":     {Video("a call"), "video/mp4"},
		"sticker":   {Sticker(), "image/webp"},
	} {
		assert.Equal(t, c.want, mimetype.Detect(c.content).String(), name)
	}
	_, err := zip.NewReader(bytes.NewReader(File("a.apk")), int64(len(File("a.apk"))))
	require.NoError(t, err)
}

func ExampleParsePhone() {
	for _, s := range []string{"9000000001", "+91 90000 00001", "12345"} {
		fmt.Println(ParsePhone(s))
	}
	// Output:
	// 9000000001 <nil>
	// 9000000001 <nil>
	//  "12345" is no phone number: write ten digits such as 9000000001
}
