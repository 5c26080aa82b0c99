package voice

import (
	"encoding/binary"
	"math"
)

// CAFFromOgg gives the Opus sound of an Ogg file in Apple's Core Audio Format,
// for a browser that plays no Ogg. ErrFormat if it is none.
func CAFFromOgg(ogg []byte) ([]byte, error) {
	s, err := readOgg(ogg)
	if err != nil {
		return nil, err
	}
	frames, total := samples(s.packets[0]), 0
	for _, packet := range s.packets {
		total += samples(packet)
		if samples(packet) != frames {
			frames = 0 // told for each
		}
	}
	out := []byte{'c', 'a', 'f', 'f', 0, 1, 0, 0}
	desc := binary.BigEndian.AppendUint64(nil, math.Float64bits(rate))
	desc = append(desc, "opus"...)
	for _, n := range []int{0, 0, frames, s.channels, 0} { // flags, bytes and frames a packet, channels, bits
		desc = binary.BigEndian.AppendUint32(desc, uint32(n))
	}
	out = chunk(out, "desc", desc)
	table := binary.BigEndian.AppendUint64(nil, uint64(len(s.packets)))
	table = binary.BigEndian.AppendUint64(table, uint64(max(0, total-s.preSkip)))
	table = binary.BigEndian.AppendUint32(table, uint32(s.preSkip))
	table = binary.BigEndian.AppendUint32(table, 0)
	data := []byte{0, 0, 0, 0} // never edited
	for _, packet := range s.packets {
		table = varying(table, len(packet))
		if frames == 0 {
			table = varying(table, samples(packet))
		}
		data = append(data, packet...)
	}
	return chunk(chunk(out, "pakt", table), "data", data), nil
}

func chunk(out []byte, kind string, content []byte) []byte {
	out = binary.BigEndian.AppendUint64(append(out, kind...), uint64(len(content)))
	return append(out, content...)
}

// varying appends a number in groups of seven bits, the highest first, each but
// the last marked.
func varying(out []byte, n int) []byte {
	if n >= 1<<14 {
		out = append(out, byte(n>>14)|0x80)
	}
	if n >= 1<<7 {
		out = append(out, byte(n>>7)|0x80)
	}
	return append(out, byte(n)&0x7f)
}
