package voice

// Elements of WebM, by their ids (RFC 9559).
const (
	elemEBML        = 0x1A45DFA3
	elemSegment     = 0x18538067
	elemTracks      = 0x1654AE6B
	elemTrack       = 0xAE
	elemCodec       = 0x86
	elemPrivate     = 0x63A2
	elemCluster     = 0x1F43B675
	elemSimpleBlock = 0xA3
	elemBlockGroup  = 0xA0
	elemBlock       = 0xA1
)

// maxPacket is how many bytes a block may have: what fits one page of Ogg.
const maxPacket = OggSegment * (OggSegment - 1)

// IsWebM tells whether a file begins as WebM does.
func IsWebM(b []byte) bool {
	return len(b) >= 4 && b[0] == 0x1A && b[1] == 0x45 && b[2] == 0xDF && b[3] == 0xA3
}

// readWebM reads the only track of a WebM file. Elements that hold others are
// gone into, whatever size they tell: a browser that records does not know it.
func readWebM(b []byte) (sound, error) {
	if !IsWebM(b) {
		return sound{}, ErrFormat
	}
	s := sound{channels: 1, preSkip: preSkip}
	tracks := 0
	for len(b) > 0 {
		id, n := vint(b, false)
		if n == 0 {
			break
		}
		b = b[n:]
		size, n := vint(b, true)
		if n == 0 {
			break
		}
		b = b[n:]
		switch id {
		case elemTrack:
			tracks++
			continue
		case elemSegment, elemTracks, elemCluster, elemBlockGroup:
			continue
		}
		if size > uint64(len(b)) { // cut off: what came before is whole
			break
		}
		data := b[:size]
		b = b[size:]
		if err := s.element(id, data); err != nil {
			return sound{}, err
		}
	}
	if tracks != 1 || len(s.packets) == 0 {
		return sound{}, ErrFormat
	}
	return s, nil
}

// element takes in what matters of an element.
func (s *sound) element(id uint64, data []byte) error {
	switch id {
	case elemCodec:
		if string(data) != "A_OPUS" {
			return ErrFormat
		}
	case elemPrivate:
		return s.readHead(data)
	case elemSimpleBlock, elemBlock:
		_, n := vint(data, true)
		if n == 0 || len(data) < n+3 || data[n+2]&0x06 != 0 { // laced: no browser does
			return ErrFormat
		}
		if len(data) > maxPacket {
			return ErrFormat
		}
		if packet := data[n+3:]; samples(packet) > 0 {
			s.packets = append(s.packets, packet)
		}
	}
	return nil
}

// vint reads a number of variable length: an id with its marker, or a size
// without it. Its own length is 0 where there is none.
func vint(b []byte, bare bool) (value uint64, length int) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0
	}
	length = 1
	for mask := byte(0x80); b[0]&mask == 0; mask >>= 1 {
		length++
	}
	if len(b) < length {
		return 0, 0
	}
	value = uint64(b[0])
	if bare {
		value &= 1<<(8-length) - 1
	}
	for _, next := range b[1:length] {
		value = value<<8 | uint64(next)
	}
	return value, length
}
