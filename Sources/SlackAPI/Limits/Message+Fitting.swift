extension Message {
  /// The message within Slack's limits: texts are shortened, the longest first; buttons stay. What can't be put right
  /// by shortening (too many blocks, a repeated id) leaves the minimal message.
  public func fitted() -> Message {
    guard !violations().isEmpty else { return self }
    var message = self
    message.text = text.isEmpty ? "(no text)" : text.clipped(to: SlackLimits.messageText)
    message.blocks = blocks.map { $0.fitted() }.shortened(to: SlackLimits.messageBlockText)
    return message.violations().isEmpty ? message : message.minimal()
  }

  /// The sentence in one section, and those rows of buttons that Slack takes. For when Slack refuses the blocks.
  public func minimal() -> Message {
    var message = self
    message.text = text.isEmpty ? "(no text)" : text.clipped(to: SlackLimits.sectionText)
    message.blocks = [.text(message.text)]
    for row in blocks.filter(\.isActions).map({ $0.fitted() }) {
      var candidate = message
      candidate.blocks.append(row)
      if candidate.violations().isEmpty { message = candidate }
    }
    if message.metadata?.eventType.isEmpty == true { message.metadata = nil }
    return message
  }
}

extension View {
  /// The view with its texts shortened to Slack's limits.
  public func fitted() -> View {
    guard !violations().isEmpty else { return self }
    var view = self
    view.blocks = blocks.map { $0.fitted() }
    guard var modal else { return view }
    modal.title = modal.title.clipped(to: SlackLimits.viewLabel)
    modal.submit = modal.submit?.clipped(to: SlackLimits.viewLabel)
    modal.close = modal.close?.clipped(to: SlackLimits.viewLabel)
    view.surface = .modal(modal)
    return view
  }
}

extension [Block] {
  /// Caps every text at the highest length at which all together fit.
  func shortened(to limit: Int) -> [Block] {
    let lengths = flatMap(\.textLengths)
    guard lengths.reduce(0, +) > limit else { return self }
    var fits = 1
    var tooMuch = SlackLimits.sectionText + 1
    while tooMuch - fits > 1 {
      let middle = (fits + tooMuch) / 2
      let total = lengths.reduce(0) { $0 + Swift.min($1, middle) }
      if total <= limit { fits = middle } else { tooMuch = middle }
    }
    return map { $0.fitted(text: fits) }
  }
}

extension Block {
  var isActions: Bool { if case .actions = self { true } else { false } }

  /// The block with its texts shortened to Slack's limits, those of strangers to `text` at most.
  func fitted(text cap: Int = .max) -> Block {
    switch self {
    case .section(let text, let fields, let accessory, let id):
      .section(
        text: text?.clipped(to: min(cap, SlackLimits.sectionText)),
        fields: fields.prefix(SlackLimits.sectionFields).map { $0.clipped(to: min(cap, SlackLimits.sectionField)) },
        accessory: accessory?.fitted(), id: id)
    case .header(let text, let id): .header(text.clipped(to: min(cap, SlackLimits.header)), id: id)
    case .context(let texts, let id):
      .context(
        texts.prefix(SlackLimits.contextElements).map { $0.clipped(to: min(cap, SlackLimits.contextText)) }, id: id)
    case .divider: self
    case .actions(let elements, let id): .actions(elements.map { $0.fitted() }, id: id)
    case .input(let input): .input(input.fitted())
    }
  }
}

extension Block.Input {
  func fitted() -> Block.Input {
    var input = self
    input.label = label.clipped(to: SlackLimits.inputLabel)
    input.hint = hint?.clipped(to: SlackLimits.inputHint)
    input.element = element.fitted()
    return input
  }
}
