package discordtest

import (
	"encoding/json"
	"math"
)

// componentBody is a component of any type; each has some of the fields.
// https://docs.discord.com/developers/components/reference
type componentBody struct {
	Type       int             `json:"type"`
	ID         int64           `json:"id"`
	CustomID   string          `json:"custom_id"`
	Components []componentBody `json:"components"`
	Accessory  *componentBody  `json:"accessory"` // of a section
	Component  *componentBody  `json:"component"` // of a label

	// Of buttons, and labels.
	Style int             `json:"style"`
	Label string          `json:"label"`
	Emoji *emojiBody      `json:"emoji"`
	URL   string          `json:"url"`
	SKU   json.RawMessage `json:"sku_id"`

	// Of selects and text inputs.
	Placeholder string       `json:"placeholder"`
	Options     []selectBody `json:"options"`
	MinValues   *int         `json:"min_values"`
	MaxValues   *int         `json:"max_values"`
	MinLength   *int         `json:"min_length"`
	MaxLength   *int         `json:"max_length"`
	Value       string       `json:"value"`

	// Of what is only looked at.
	Content     string     `json:"content"`
	Description *string    `json:"description"`
	Media       *mediaBody `json:"media"`
	File        *mediaBody `json:"file"`
	Items       []struct {
		Media       *mediaBody `json:"media"`
		Description *string    `json:"description"`
	} `json:"items"`
	Spacing *int `json:"spacing"`
	Color   *int `json:"accent_color"`
}

type emojiBody struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type mediaBody struct {
	URL string `json:"url"`
}

type selectBody struct {
	Label       string     `json:"label"`
	Value       string     `json:"value"`
	Description string     `json:"description"`
	Emoji       *emojiBody `json:"emoji"`
	Default     bool       `json:"default"`
}

// More types of components. https://docs.discord.com/developers/components/reference#component-object-component-types
const (
	partSelect      = 3
	partInput       = 4
	partUsers       = 5
	partRoles       = 6
	partMentionable = 7
	partChannels    = 8
	partSection     = 9
	partThumbnail   = 11
	partFile        = 13
	partSeparator   = 14
	partContainer   = 17
	partLabel       = 18
	partUpload      = 19
	partRadio       = 21
	partCheckboxes  = 22
	partCheckbox    = 23
)

// Limits of components. https://docs.discord.com/developers/components/reference
const (
	maxRows          = 5 // of a message without the flag for components
	maxRow           = 5 // buttons
	maxSectionText   = 3 // text displays
	maxGallery       = 10
	maxSpacing       = 2
	maxParts         = 40   // nested ones too
	maxDisplayed     = 4000 // characters of all text displays together
	maxCustomID      = 100  // characters, as are the following
	maxAltText       = 1024
	maxButtonLabel   = 80
	maxButtonURL     = 512
	maxPlaceholder   = 150
	maxSelectText    = 100
	maxSelectOptions = 25 // options
)

// rows are all components of a message without the flag.
// https://docs.discord.com/developers/components/reference#legacy-message-component-behavior
func (c *checker) rows(list []componentBody) {
	c.count("components", len(list), 0, maxRows)
	for i := range list {
		path := under("components", i)
		if c.oneOf(path+".type", list[i].Type, partRow) {
			c.component(path, &list[i])
		}
	}
}

// layout is all components of a message with the flag. https://docs.discord.com/developers/components/reference
func (c *checker) layout(list []componentBody) {
	for i := range list {
		path := under("components", i)
		if c.oneOf(path+".type", list[i].Type, partRow, partSection, partText, partGallery, partFile, partSeparator,
			partContainer) {
			c.component(path, &list[i])
		}
	}
	if c.components > maxParts {
		c.addLate("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
			"The total number of components cannot exceed %d", maxParts)
	}
	if c.text > maxDisplayed {
		c.addLate("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
			"The total displayable text size can not exceed %d", maxDisplayed)
	}
}

// component is any component whose type may be where it is.
func (c *checker) component(path string, p *componentBody) {
	c.components++
	c.id(path, p.ID)
	switch p.Type {
	case partRow:
		c.row(path, p)
	case partButton:
		c.button(path, p)
	case partSelect, partUsers, partRoles, partMentionable, partChannels:
		c.selectMenu(path, p)
	case partSection:
		c.section(path, p)
	case partText:
		c.filled(path+".content", p.Content, maxDisplayed)
		c.text += characters(p.Content)
	case partThumbnail:
		c.media(path+".media", p.Media, "http", "https", "attachment")
		c.altText(path, p.Description)
	case partGallery:
		c.count(path+".items", len(p.Items), 1, maxGallery)
		for i, item := range p.Items {
			c.media(under(path, "items", i, "media"), item.Media, "http", "https", "attachment")
			c.altText(under(path, "items", i), item.Description)
		}
	case partFile:
		c.media(path+".file", p.File, "attachment")
	case partSeparator:
		c.between(path+".spacing", p.Spacing, 1, maxSpacing)
	case partContainer:
		c.container(path, p)
	}
}

// id is that of a component: a number of 32 bits, unique in its message; 0 is one that Discord gives.
// https://docs.discord.com/developers/components/reference#anatomy-of-a-component
func (c *checker) id(path string, id int64) {
	if id == 0 {
		return
	}
	if id < 0 || id > math.MaxInt32 {
		c.add(path+".id", "NUMBER_TYPE_MAX", "int value should be between 0 and %d.", math.MaxInt32)
	}
	if c.ids[id] {
		c.addLate(path+".id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
	}
	if c.ids == nil {
		c.ids = map[int64]bool{}
	}
	c.ids[id] = true
}

// customID is that of what can be used: 1 to 100 characters, unique in its message.
// https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id
func (c *checker) customID(path, id string) {
	path += ".custom_id"
	switch {
	case id == "":
		c.required(path)
		return
	case c.customIDs[id]:
		c.addLate(path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
	}
	c.atMost(path, id, maxCustomID)
	if c.customIDs == nil {
		c.customIDs = map[string]bool{}
	}
	c.customIDs[id] = true
}

// row is up to five buttons, or one select. https://docs.discord.com/developers/components/reference#action-row
func (c *checker) row(path string, p *componentBody) {
	path += ".components"
	c.count(path, len(p.Components), 1, maxRow)
	for i := range p.Components {
		in, at := &p.Components[i], under(path, i)
		if !c.oneOf(at+".type", in.Type, partButton, partSelect, partUsers, partRoles, partMentionable, partChannels) {
			continue
		}
		if in.Type != partButton && len(p.Components) > 1 {
			c.add(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select takes a whole row.")
		}
		c.component(at, in)
	}
}

// section is text with something beside it. https://docs.discord.com/developers/components/reference#section
func (c *checker) section(path string, p *componentBody) {
	c.count(path+".components", len(p.Components), 1, maxSectionText)
	for i := range p.Components {
		at := under(path, "components", i)
		if c.oneOf(at+".type", p.Components[i].Type, partText) {
			c.component(at, &p.Components[i])
		}
	}
	if p.Accessory == nil {
		c.required(path + ".accessory")
	} else if c.oneOf(path+".accessory.type", p.Accessory.Type, partButton, partThumbnail) {
		c.component(path+".accessory", p.Accessory)
	}
}

// container is a frame around others. https://docs.discord.com/developers/components/reference#container
func (c *checker) container(path string, p *componentBody) {
	c.between(path+".accent_color", p.Color, 0, maxColor)
	c.count(path+".components", len(p.Components), 1, maxParts)
	for i := range p.Components {
		at := under(path, "components", i)
		if c.oneOf(at+".type", p.Components[i].Type, partRow, partSection, partText, partGallery, partFile, partSeparator) {
			c.component(at, &p.Components[i])
		}
	}
}

// media is a picture or file. https://docs.discord.com/developers/components/reference#unfurled-media-item
func (c *checker) media(path string, m *mediaBody, schemes ...string) {
	if m == nil || m.URL == "" {
		c.required(path + ".url")
		return
	}
	c.address(path+".url", m.URL, maxEmbedURL, schemes...)
}

// altText may be left out, but not be empty. https://docs.discord.com/developers/components/reference#media-gallery
func (c *checker) altText(path string, s *string) {
	if s != nil {
		c.filled(path+".description", *s, maxAltText)
	}
}
