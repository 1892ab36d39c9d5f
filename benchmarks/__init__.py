"""What is measured and learned outside the bot: fitting the confidence, quality, speed and memory."""
