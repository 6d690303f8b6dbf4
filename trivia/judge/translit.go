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

func cyrillic(r rune) string {
	switch r {
	case 'а':
		return "a"
	case 'б':
		return "b"
	case 'в':
		return "v"
	case 'г', 'ґ', 'ѓ':
		return "g"
	case 'ж':
		return "zh"
	case 'з':
		return "z"
	case 'й', 'ы':
		return "y"
	case 'ї', 'ѝ':
		return "i"
	case 'ј':
		return "j"
	case 'к', 'ќ':
		return "k"
	case 'љ':
		return "lj"
	case 'м':
		return "m"
	case 'њ':
		return "nj"
	case 'п':
		return "p"
	case 'р':
		return "r"
	case 'с':
		return "s"
	case 'т':
		return "t"
	case 'ћ':
		return "c"
	case 'ђ':
		return "dj"
	case 'у', 'ў':
		return "u"
	case 'ф':
		return "f"
	case 'ц':
		return "ts"
	case 'ч':
		return "ch"
	case 'џ':
		return "dz"
	case 'ш':
		return "sh"
	case 'щ':
		return "shch"
	case 'ю':
		return "yu"
	case 'я':
		return "ya"
	}
	return ""
}
