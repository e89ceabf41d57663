import Foundation

/// `POST /v1/chat/completions`.
enum ChatCalls {
  static func answer(_ body: JSON, _ state: inout OpenAIState, now: Date) throws(OpenAIError) -> JSON {
    try ChatRules(body: body, missing: state.missing).check()
    guard let model = body["model"].text, state.models.contains(where: { $0.id == model }) else {
      throw OpenAIError(
        404, "The model `\(body["model"].text ?? "")` does not exist or you do not have access to it.",
        code: "model_not_found")
    }
    guard !state.isOutOfQuota else {
      throw OpenAIError(
        429, "You exceeded your current quota, please check your plan and billing details.", type: "insufficient_quota",
        code: "insufficient_quota")
    }
    let question = ChatQuestion(body)
    let earlier = state.questions
    let told = answer(question, &state)
    state.note(body)
    return completion(told, question, earlier, model: model, number: state.served, now: now)
  }

  /// What is said, and how it ends.
  struct Told {
    var content: String?
    var refusal: String?
    var finish = "stop"
    var hasChoices = true
  }

  private static func answer(_ question: ChatQuestion, _ state: inout OpenAIState) -> Told {
    switch state.mind {
    case .sensible: return Told(content: SensibleMind.answer(question).encoded)
    case .obedient: return Told(content: ObedientMind.answer(question, earlier: state.questions).encoded)
    case .scripted(let answers):
      guard let next = answers.first else { return Told(content: SensibleMind.answer(question).encoded) }
      state.mind = .scripted(Array(answers.dropFirst()))
      return scripted(next, SensibleMind.answer(question))
    }
  }

  private static func scripted(_ answer: ScriptedAnswer, _ right: JSON) -> Told {
    let text = right.encoded
    switch answer {
    case .cutShort: return Told(content: String(text.prefix(text.count / 2)), finish: "length")
    case .cutToNothing: return Told(content: nil, finish: "length")
    case .refusal: return Told(refusal: "I'm sorry, I can't help with that.")
    case .contentFilter: return Told(content: "", finish: "content_filter")
    case .fenced: return Told(content: "Here it is:\n```json\n\(text)\n```")
    case .extraMembers:
      var more = right
      more["owner"] = "ceo@evil.example"
      more["path"] = "qualify"
      return Told(content: more.encoded)
    case .outOfRange: return Told(content: JSON.object(["score": 7, "reasons": [], "lines": "none"]).encoded)
    case .garbage: return Told(content: "}{\u{1}\"score\": ,, 0.9")
    case .plainText: return Told(content: "I think that this is a very good lead.")
    case .nothing: return Told(hasChoices: false)
    }
  }

  // MARK: The answer's form

  private static func completion(
    _ told: Told, _ question: ChatQuestion, _ earlier: [JSON], model: String, number: Int, now: Date
  ) -> JSON {
    var told = told
    var completion = tokens(told.content ?? told.refusal ?? "")
    if let cap = question.cap, completion > cap {
      told.content = told.content.map { String($0.prefix(cap * 4)) }
      told.finish = "length"
      completion = cap
    }
    let message: JSON = ["role": "assistant", "content": JSON(told.content), "refusal": JSON(told.refusal)]
    let choice: JSON = [
      "index": 0, "message": message, "logprobs": nil, "finish_reason": .string(told.finish),
    ]
    let prompt = tokens(question.prefix)
    return [
      "id": .string("chatcmpl-sandbox-\(number)"), "object": "chat.completion",
      "created": .int(Int(now.timeIntervalSince1970)), "model": .string(model),
      "choices": told.hasChoices ? [choice] : [],
      "usage": [
        "prompt_tokens": .int(prompt), "completion_tokens": .int(completion), "total_tokens": .int(prompt + completion),
        "prompt_tokens_details": ["cached_tokens": .int(cached(question, earlier)), "audio_tokens": 0],
        "completion_tokens_details": ["reasoning_tokens": 0],
      ],
    ]
  }

  private static func tokens(_ text: String) -> Int { (text.utf8.count + 3) / 4 }

  /// The service keeps prefixes of 1,024 tokens and more, in steps of 128.
  private static func cached(_ question: ChatQuestion, _ earlier: [JSON]) -> Int {
    let mine = Array(question.prefix.utf8)
    let longest = earlier.suffix(50).map { other in
      zip(mine, ChatQuestion(other).prefix.utf8).prefix { $0 == $1 }.count
    }.max()
    let tokens = (longest ?? 0) / 4
    return tokens < 1_024 ? 0 : tokens / 128 * 128
  }
}

/// What a mind reads of a request.
struct ChatQuestion {
  let system: String
  /// What the question was about: the JSON value in the user's message.
  let data: JSON
  let wantsScore: Bool
  let cap: Int?
  /// All that the model reads, in its order: the form of the answer first.
  let prefix: String

  init(_ body: JSON) {
    let messages = body["messages"].items
    system = messages.first { $0["role"].text == "system" }?["content"].text ?? ""
    let user = messages.first { $0["role"].text == "user" }?["content"].text ?? ""
    let value = user.firstIndex(of: "{").map { String(user[$0...]) } ?? ""
    data = JSON.parse(value) ?? .null
    let schema = body["response_format"]["json_schema"]["schema"]
    // A server that holds nobody to a schema has it in the words of the prompt.
    wantsScore = schema.isNull ? system.contains("\"score\"") : !schema["properties"]["score"].isNull
    cap = body["max_completion_tokens"].whole ?? body["max_tokens"].whole
    prefix = (schema.isNull ? "" : schema.encoded) + messages.compactMap { $0["content"].text }.joined(separator: "\n")
  }
}
