enum RevOpsPlaceholder {}
