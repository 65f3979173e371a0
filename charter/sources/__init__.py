"""What comes in from elsewhere: files that people bring, read with care."""
