package discordtest

// modalBody is a modal.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
type modalBody struct {
	CustomID   string          `json:"custom_id"`
	Title      string          `json:"title"`
	Components []componentBody `json:"components"`
}

// Limits of modals, in characters. https://docs.discord.com/developers/components/reference#text-input
const (
	maxModalTitle       = 45
	maxModalParts       = 5 // components
	maxFieldLabel       = 45
	maxFieldDescription = 100
	maxFieldPlaceholder = 100
	maxField            = 4000
	styleShort          = 1
	styleParagraph      = 2
)

// checkModal checks the data of a callback of type 9.
func checkModal(body []byte) []fieldError {
	var c checker
	var m modalBody
	if !c.decode(body, &m) {
		return c.errs
	}
	c.filled("title", m.Title, maxModalTitle)
	c.filled("custom_id", m.CustomID, maxCustomID)
	c.count("components", len(m.Components), 1, maxModalParts)
	for i := range m.Components {
		c.modalPart(under("components", i), &m.Components[i])
	}
	return c.found()
}

// modalPart is a row with one field, a field under its label, or a text.
func (c *checker) modalPart(path string, p *componentBody) {
	if !c.oneOf(path+".type", p.Type, partRow, partText, partLabel) {
		return
	}
	c.id(path, p.ID)
	switch p.Type {
	case partRow:
		c.count(path+".components", len(p.Components), 1, 1)
		for i := range p.Components {
			at := under(path, "components", i)
			if c.oneOf(at+".type", p.Components[i].Type, partInput) {
				c.filled(at+".label", p.Components[i].Label, maxFieldLabel)
				c.input(at, &p.Components[i])
			}
		}
	case partText:
		c.filled(path+".content", p.Content, maxField)
	case partLabel:
		c.label(path, p)
	}
}

// label is a field with words above it. https://docs.discord.com/developers/components/reference#label
func (c *checker) label(path string, p *componentBody) {
	c.filled(path+".label", p.Label, maxFieldLabel)
	if p.Description != nil {
		c.filled(path+".description", *p.Description, maxFieldDescription)
	}
	in := p.Component
	path += ".component"
	if in == nil {
		c.required(path)
		return
	}
	switch in.Type {
	case partInput:
		c.atMost(path+".label", in.Label, maxFieldLabel)
		c.input(path, in)
	case partSelect, partUsers, partRoles, partMentionable, partChannels:
		c.id(path, in.ID)
		c.selectMenu(path, in)
	case partUpload, partRadio, partCheckboxes, partCheckbox: // the rest of their rules is the OpenAPI document's
		c.id(path, in.ID)
		c.customID(path, in.CustomID)
	default:
		c.oneOf(path+".type", in.Type, partSelect, partInput, partUsers, partRoles, partMentionable, partChannels, partUpload,
			partRadio, partCheckboxes, partCheckbox)
	}
}

// input is a text to be typed. https://docs.discord.com/developers/components/reference#text-input
func (c *checker) input(path string, p *componentBody) {
	c.id(path, p.ID)
	c.customID(path, p.CustomID)
	c.oneOf(path+".style", p.Style, styleShort, styleParagraph)
	c.atMost(path+".placeholder", p.Placeholder, maxFieldPlaceholder)
	c.atMost(path+".value", p.Value, maxField)
	c.between(path+".min_length", p.MinLength, 0, maxField)
	c.between(path+".max_length", p.MaxLength, 1, maxField)
	if p.MinLength != nil && p.MaxLength != nil && *p.MinLength > *p.MaxLength {
		c.add(path+".min_length", "NUMBER_TYPE_MAX", "It is more than max_length.")
	}
}
