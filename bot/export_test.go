package bot

// Recent is what the bot remembers of a conversation, if it does.
func (b *Bot) Recent(channel, address string) (Conversation, bool) {
	b.recent.mu.Lock()
	defer b.recent.mu.Unlock()
	c, ok := b.recent.conversations[laneOf(channel, address)]
	return c, ok
}
