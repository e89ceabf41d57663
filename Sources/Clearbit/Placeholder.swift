enum ClearbitPlaceholder {}
