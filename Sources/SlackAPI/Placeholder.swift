enum SlackAPIPlaceholder {}
