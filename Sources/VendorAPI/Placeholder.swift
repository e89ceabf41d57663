enum VendorAPIPlaceholder {}
