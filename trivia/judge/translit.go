package judge

// transliterate writes a lower-case letter that Unicode does not take apart, or that is not Latin, the way people type it
// on a Latin keyboard. It is empty for all others.
func transliterate(r rune) string {
	switch r {
	case 'ø', 'ο', 'ω', 'о', 'ό', 'ώ':
		return "o"
	case 'ł', 'λ', 'л':
		return "l"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'đ', 'ð', 'δ', 'д':
		return "d"
	case 'þ', 'θ':
		return "th"
	case 'ı', 'ι', 'η', 'и', 'і', 'ή', 'ί', 'ϊ', 'ΐ':
		return "i"
	case 'ħ', 'х', 'һ':
		return "h"
	case 'ŋ', 'ν', 'н':
		return "n"
	case 'ə', 'ε', 'е', 'э', 'ё', 'є', 'έ', 'ѐ':
		return "e"
	}
	if r < 0x370 || r > 0x52f {
		return ""
	}
	if r < 0x400 {
		return greek(r)
	}
	return cyrillic(r)
}

func greek(r rune) string {
	switch r {
	case 'α', 'ά':
		return "a"
	case 'β':
		return "v"
	case 'γ':
		return "g"
	case 'ζ':
		return "z"
	case 'κ':
		return "k"
	case 'μ':
		return "m"
	case 'ξ':
		return "x"
	case 'π':
		return "p"
	case 'ρ':
		return "r"
	case 'σ', 'ς':
		return "s"
	case 'τ':
		return "t"
	case 'υ', 'ύ', 'ϋ', 'ΰ':
		return "y"
	case 'φ':
		return "f"
	case 'χ':
		return "ch"
	case 'ψ':
		return "ps"
	}
	return ""
}

// cyrillicLetters are the letters from а to џ.
var cyrillicLetters = [...]string{
	"a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "h", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
	"e", "e", "dj", "g", "e", "dz", "i", "i", "j", "lj", "nj", "c", "k", "i", "u", "dz",
}

func cyrillic(r rune) string {
	if i := int(r - 'а'); i >= 0 && i < len(cyrillicLetters) {
		return cyrillicLetters[i]
	}
	if r == 'ґ' {
		return "g"
	}
	return ""
}
