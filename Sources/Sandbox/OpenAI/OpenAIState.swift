/// What any OpenAI-compatible server keeps.
struct OpenAIState: Sendable {
  var key: String
  /// With the day on which each ends, if one is announced.
  var models: [(id: String, shutdown: String?)] = [
    (Sandbox.Configuration.languageModel, nil), (Sandbox.Configuration.embeddingModel, nil),
  ]
  var mind = LanguageMind.sensible
  /// Parameters and formats that this server does not know.
  var missing: Set<String> = []
  /// The account has no credit left.
  var isOutOfQuota = false
  /// Bodies of the questions that were asked, the newest 2,000.
  var questions: [JSON] = []
  /// How many calls were answered.
  var served = 0

  init(key: String) { self.key = key }

  mutating func note(_ question: JSON) {
    questions.append(question)
    if questions.count > 2_000 { questions.removeFirst(200) }
  }
}

/// Who answers the questions.
public enum LanguageMind: Sendable, Equatable {
  /// Reads the data and says what it holds.
  case sensible
  /// Does whatever a text of the data asks, and tells all it knows.
  case obedient
  /// Gives these answers in turn, then sensible ones.
  case scripted([ScriptedAnswer])
}

/// An answer that is none.
public enum ScriptedAnswer: Sendable, Equatable, CaseIterable {
  /// `finish_reason` "length" and half of the JSON.
  case cutShort
  /// `finish_reason` "length" and no content: all went into reasoning.
  case cutToNothing
  case refusal
  case contentFilter
  /// JSON in a code fence, with a word before it.
  case fenced
  /// A right answer with members that nobody asked for.
  case extraMembers
  /// A score of 7, lines that are no list.
  case outOfRange
  case garbage
  case plainText
  /// An answer without choices.
  case nothing
}

extension Sandbox.Configuration {
  /// The model that answers questions.
  public static let languageModel = "sandbox-chat-1"
  /// The model that makes vectors.
  public static let embeddingModel = "sandbox-embedding-1"
}

extension World {
  public func setLanguageMind(_ mind: LanguageMind) { change { $0.openAI.mind = mind } }

  /// Parameters (`max_completion_tokens`) and formats (`json_schema`) that the server refuses from now on.
  public func setUnknownToLanguageModel(_ names: Set<String>) { change { $0.openAI.missing = names } }

  public func setLanguageQuota(isUsedUp: Bool) { change { $0.openAI.isOutOfQuota = isUsedUp } }

  /// Takes a model away, or announces its end.
  public func setLanguageModels(_ models: [(id: String, shutdown: String?)]) { change { $0.openAI.models = models } }

  /// The bodies of all questions that were let in, oldest first.
  public var languageQuestions: [JSON] { read(\.openAI.questions) }
}
