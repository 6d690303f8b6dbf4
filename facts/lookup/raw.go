package lookup

// u32s and u16s are numbers stored little-endian, two or four bytes each, at any alignment. Numbers outside read as 0: what
// leads there is damage, which must not panic.
type (
	u32s string
	u16s string
)

func (s u32s) len() int { return len(s) / 4 }

func (s u32s) at(i int) uint32 {
	if uint(i) >= uint(len(s))/4 {
		return 0
	}
	b := s[4*i : 4*i+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func (s u16s) len() int { return len(s) / 2 }

func (s u16s) at(i int) uint16 {
	if uint(i) >= uint(len(s))/2 {
		return 0
	}
	b := s[2*i : 2*i+2]
	return uint16(b[0]) | uint16(b[1])<<8
}
