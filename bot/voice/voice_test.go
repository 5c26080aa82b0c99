package voice

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot/handset"
)

// element is an element of WebM.
func element(id []byte, content ...[]byte) []byte {
	data := bytes.Join(content, nil)
	size := binary.BigEndian.AppendUint64(nil, uint64(len(data)))
	size[0] = 0x01 // eight bytes
	return append(append(append([]byte{}, id...), size...), data...)
}

// endless is an element whose size its writer did not know.
func endless(id []byte, content ...[]byte) []byte {
	return append(append(append([]byte{}, id...), 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), bytes.Join(content, nil)...)
}

// recorded is a WebM file as a browser records it: packets of 60 ms in clusters
// without a size.
func recorded(codec string, packets ...[]byte) []byte {
	head := append([]byte("OpusHead"), 1, 1, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0)
	track := element([]byte{0xAE}, element([]byte{0x86}, []byte(codec)), element([]byte{0x63, 0xA2}, head))
	var blocks [][]byte
	for i, packet := range packets {
		block := append([]byte{0x81, 0, byte(60 * i), 0x80}, packet...)
		if i%2 == 0 {
			blocks = append(blocks, element([]byte{0xA3}, block))
		} else {
			blocks = append(blocks, element([]byte{0xA0}, element([]byte{0xA1}, block)))
		}
	}
	return append(
		element([]byte{0x1A, 0x45, 0xDF, 0xA3}, element([]byte{0x42, 0x82}, []byte("webm"))),
		endless([]byte{0x18, 0x53, 0x80, 0x67},
			element([]byte{0x16, 0x54, 0xAE, 0x6B}, track), endless([]byte{0x1F, 0x43, 0xB6, 0x75}, blocks...))...)
}

func packets(n int) [][]byte {
	var all [][]byte
	for i := range n {
		all = append(all, append([]byte{0x18}, bytes.Repeat([]byte{byte(i)}, 10+i*7)...)) // SILK, 60 ms
	}
	return all
}

func TestFromABrowserToWhatsApp(t *testing.T) {
	want := packets(70)
	ogg, length, err := OggFromWebM(recorded("A_OPUS", want...))
	require.NoError(t, err)
	assert.InDelta(t, (70*60*time.Millisecond).Seconds(), length.Seconds(), 0.01)
	s, err := readOgg(ogg)
	require.NoError(t, err)
	assert.Equal(t, sound{channels: 1, preSkip: 312, packets: want}, s, "to the byte")
	for at := 0; at < len(ogg); { // each page has its checksum
		page := ogg[at:]
		size := oggHead + int(page[26])
		for _, lace := range page[oggHead:size] {
			size += int(lace)
		}
		page = bytes.Clone(page[:size])
		sum := binary.LittleEndian.Uint32(page[22:])
		clear(page[22:26])
		assert.Equal(t, checksum(page), sum)
		at += size
	}
}

func TestWhatIsNoRecording(t *testing.T) {
	whole := recorded("A_OPUS", packets(4)...)
	for name, b := range map[string][]byte{
		"nothing": nil, "a picture": []byte("\x89PNG\r\n\x1a\n"), "another codec": recorded("A_VORBIS", packets(4)...),
		"no packets": recorded("A_OPUS"), "cut off at its head": whole[:90],
	} {
		_, _, err := OggFromWebM(b)
		require.ErrorIs(t, err, ErrFormat, name)
	}
	_, _, err := OggFromWebM(whole[:len(whole)-1])
	require.NoError(t, err, "the last packet was cut off")
}

// What Safari gets has every packet of what the resident sent.
func TestFromWhatsAppToSafari(t *testing.T) {
	caf, err := CAFFromOgg(handset.Recording(3*time.Second, "x"))
	require.NoError(t, err)
	require.Equal(t, "caff\x00\x01\x00\x00", string(caf[:8]))
	chunks := map[string][]byte{}
	for rest := caf[8:]; len(rest) > 0; {
		size := binary.BigEndian.Uint64(rest[4:])
		chunks[string(rest[:4])] = rest[12 : 12+size]
		rest = rest[12+size:]
	}
	assert.Equal(t, "opus", string(chunks["desc"][8:12]))
	assert.EqualValues(t, 960, binary.BigEndian.Uint32(chunks["desc"][20:]), "20 ms a packet")
	assert.EqualValues(t, 1, binary.BigEndian.Uint32(chunks["desc"][24:]))
	assert.EqualValues(t, 150, binary.BigEndian.Uint64(chunks["pakt"]))
	assert.Len(t, chunks["pakt"], 24+150, "a byte for each packet's size")
	assert.Len(t, chunks["data"], 4+150*3)

	ogg, _, err := OggFromWebM(recorded("A_OPUS", append(packets(3), []byte{0xf8, 0xff, 0xfe})...))
	require.NoError(t, err)
	caf, err = CAFFromOgg(ogg)
	require.NoError(t, err)
	assert.Zero(t, binary.BigEndian.Uint32(caf[8+12+20:]), "packets of different lengths are told one by one")
	_, err = CAFFromOgg([]byte("OggS but not really, this is something else"))
	require.ErrorIs(t, err, ErrFormat)
}

func TestNumbersOfVaryingLength(t *testing.T) {
	for n, want := range map[int][]byte{0: {0}, 127: {127}, 128: {0x81, 0}, 16383: {0xff, 0x7f}, 16384: {0x81, 0x80, 0}} {
		assert.Equal(t, want, varying(nil, n))
	}
}

// Whatever a phone or a browser sends, it is read or refused.
func FuzzSound(f *testing.F) {
	f.Add(recorded("A_OPUS", packets(3)...))
	f.Add(handset.Recording(time.Second, ""))
	f.Fuzz(func(_ *testing.T, b []byte) {
		_, _, _ = OggFromWebM(b)
		_, _ = CAFFromOgg(b)
	})
}
