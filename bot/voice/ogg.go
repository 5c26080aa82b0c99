package voice

import (
	"encoding/binary"
	"time"
)

// Of a page of Ogg (RFC 3533).
const (
	OggFirst   = 2   // flag of a stream's first page
	OggLast    = 4   // flag of its last page
	OggSegment = 255 // the most bytes of a segment, and segments of a page
)

const (
	oggContinued = 1  // flag of a page that begins within a packet
	oggHead      = 27 // bytes of a page before its lacing
)

// OggFromWebM gives the Opus sound of a WebM file in Ogg, and how long it plays.
// ErrFormat if it holds none, or a picture too.
func OggFromWebM(webm []byte) ([]byte, time.Duration, error) {
	s, err := readWebM(webm)
	if err != nil {
		return nil, 0, err
	}
	return s.ogg(), s.length(), nil
}

// ogg writes the sound, a second a page.
func (s sound) ogg() []byte {
	var w OggWriter
	head := append([]byte("OpusHead"), 1, byte(s.channels))
	head = binary.LittleEndian.AppendUint16(head, uint16(s.preSkip))
	head = binary.LittleEndian.AppendUint32(head, rate)
	w.Page(OggFirst, 0, append(head, 0, 0, 0))
	tags := append([]byte("OpusTags"), 5, 0, 0, 0)
	w.Page(0, 0, append(append(tags, "mitan"...), 0, 0, 0, 0))
	granule, page, segments, since := 0, [][]byte(nil), 0, 0
	for i, packet := range s.packets {
		page = append(page, packet)
		granule, since = granule+samples(packet), since+samples(packet)
		segments += len(packet)/OggSegment + 1
		last := i == len(s.packets)-1
		if last || since >= rate || segments+len(s.packets[i+1])/OggSegment+1 > OggSegment {
			flags := byte(0)
			if last {
				flags = OggLast
			}
			w.Page(flags, uint64(granule), page...)
			page, segments, since = nil, 0, 0
		}
	}
	return w.out
}

// An OggWriter writes an Ogg file with one stream.
type OggWriter struct {
	out  []byte
	next uint32 // number of the next page
}

// Bytes is the file as far as it is written.
func (w *OggWriter) Bytes() []byte { return w.out }

// Page adds a page that holds whole packets. Together they have at most
// OggSegment segments. The granule position is that of the last sample.
func (w *OggWriter) Page(flags byte, granule uint64, packets ...[]byte) {
	const serial, checksumAt = 1, 22
	var lacing, body []byte
	for _, packet := range packets {
		rest := len(packet)
		for ; rest >= OggSegment; rest -= OggSegment {
			lacing = append(lacing, OggSegment)
		}
		lacing = append(lacing, byte(rest))
		body = append(body, packet...)
	}
	page := append([]byte("OggS"), 0, flags)
	page = binary.LittleEndian.AppendUint64(page, granule)
	page = binary.LittleEndian.AppendUint32(page, serial)
	page = binary.LittleEndian.AppendUint32(page, w.next)
	page = append(page, 0, 0, 0, 0, byte(len(lacing)))
	page = append(append(page, lacing...), body...)
	binary.LittleEndian.PutUint32(page[checksumAt:], checksum(page))
	w.out = append(w.out, page...)
	w.next++
}

// checksum is the CRC of a page whose checksum field is zero: polynomial
// 04c11db7, not reflected, from zero. It is none of hash/crc32.
func checksum(page []byte) uint32 {
	const polynomial = 0x04c11db7
	var crc uint32
	for _, b := range page {
		crc ^= uint32(b) << 24
		for range 8 {
			if crc&(1<<31) != 0 {
				crc = crc<<1 ^ polynomial
			} else {
				crc <<= 1
			}
		}
	}
	return crc
}

// readOgg reads the one stream of an Ogg file. A file that ends within a page is
// read up to there: a phone may have cut it off.
func readOgg(b []byte) (sound, error) {
	var all [][]byte
	var open []byte // a packet that goes on in the next page
	for len(b) >= oggHead {
		if string(b[:4]) != "OggS" {
			return sound{}, ErrFormat
		}
		flags, n := b[5], int(b[26])
		if len(b) < oggHead+n {
			break
		}
		lacing, body := b[oggHead:oggHead+n], b[oggHead+n:]
		if flags&oggContinued == 0 {
			open = nil
		}
		for _, size := range lacing {
			if len(body) < int(size) {
				body = nil
				break
			}
			open = append(open, body[:size]...)
			body = body[size:]
			if size < OggSegment {
				all = append(all, open)
				open = nil
			}
		}
		b = body
	}
	if len(all) < 3 {
		return sound{}, ErrFormat
	}
	var s sound
	if err := s.readHead(all[0]); err != nil {
		return sound{}, err
	}
	for _, packet := range all[2:] {
		if samples(packet) > 0 {
			s.packets = append(s.packets, packet)
		}
	}
	return s, nil
}
