enum SlackDeskPlaceholder {}
