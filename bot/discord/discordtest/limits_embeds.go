package discordtest

import "time"

// embedBody is an embed. https://docs.discord.com/developers/resources/message#embed-object
type embedBody struct {
	Title       string  `json:"title"`
	Description string  `json:"description"`
	URL         string  `json:"url"`
	Color       *int    `json:"color"`
	Timestamp   *string `json:"timestamp"`
	Footer      *struct {
		Text string `json:"text"`
		Icon string `json:"icon_url"`
	} `json:"footer"`
	Author *struct {
		Name string `json:"name"`
		URL  string `json:"url"`
		Icon string `json:"icon_url"`
	} `json:"author"`
	Image     mediaBody `json:"image"`
	Thumbnail mediaBody `json:"thumbnail"`
	Fields    []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
}

// Limits of embeds, in characters. https://docs.discord.com/developers/resources/message#embed-object-embed-limits
const (
	maxEmbedTitle       = 256
	maxEmbedDescription = 4096
	maxEmbedFields      = 25 // fields
	maxEmbedFieldName   = 256
	maxEmbedFieldValue  = 1024
	maxEmbedFooter      = 2048
	maxEmbedAuthor      = 256
	maxEmbedsTogether   = 6000 // of all embeds of a message
	maxEmbedURL         = 2048 // of any URL but a button's
	maxColor            = 0xffffff
)

// embeds are all embeds of a message.
func (c *checker) embeds(list []embedBody) {
	c.count("embeds", len(list), 0, maxEmbeds)
	total := 0
	for i := range list {
		path := under("embeds", i)
		c.embed(path, &list[i])
		total += list[i].characters()
	}
	if total > maxEmbedsTogether {
		c.addLate("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of %d", maxEmbedsTogether)
	}
}

func (c *checker) embed(path string, e *embedBody) {
	if e.empty() {
		c.required(path + ".description")
	}
	c.atMost(path+".title", e.Title, maxEmbedTitle)
	c.atMost(path+".description", e.Description, maxEmbedDescription)
	c.address(path+".url", e.URL, maxEmbedURL, "http", "https")
	c.between(path+".color", e.Color, 0, maxColor)
	if e.Timestamp != nil {
		if _, err := time.Parse(time.RFC3339, *e.Timestamp); err != nil {
			c.add(path+".timestamp", "DATE_TIME_TYPE_PARSE", "Could not parse it. Should be ISO8601.")
		}
	}
	if f := e.Footer; f != nil {
		c.filled(path+".footer.text", f.Text, maxEmbedFooter)
		c.address(path+".footer.icon_url", f.Icon, maxEmbedURL, "http", "https", "attachment")
	}
	if a := e.Author; a != nil {
		c.filled(path+".author.name", a.Name, maxEmbedAuthor)
		c.address(path+".author.url", a.URL, maxEmbedURL, "http", "https")
		c.address(path+".author.icon_url", a.Icon, maxEmbedURL, "http", "https", "attachment")
	}
	c.address(path+".image.url", e.Image.URL, maxEmbedURL, "http", "https", "attachment")
	c.address(path+".thumbnail.url", e.Thumbnail.URL, maxEmbedURL, "http", "https", "attachment")
	c.count(path+".fields", len(e.Fields), 0, maxEmbedFields)
	for i, f := range e.Fields {
		c.filled(under(path, "fields", i, "name"), f.Name, maxEmbedFieldName)
		c.filled(under(path, "fields", i, "value"), f.Value, maxEmbedFieldValue)
	}
}

// empty reports whether there is nothing to be seen of an embed.
func (e *embedBody) empty() bool {
	return blank(e.Title) && blank(e.Description) && e.Footer == nil && e.Author == nil && e.Image.URL == "" &&
		e.Thumbnail.URL == "" && len(e.Fields) == 0
}

// characters are those that count for all embeds together. Discord trims texts first; not here, to be on the safe side.
func (e *embedBody) characters() int {
	n := characters(e.Title) + characters(e.Description)
	if e.Footer != nil {
		n += characters(e.Footer.Text)
	}
	if e.Author != nil {
		n += characters(e.Author.Name)
	}
	for _, f := range e.Fields {
		n += characters(f.Name) + characters(f.Value)
	}
	return n
}
