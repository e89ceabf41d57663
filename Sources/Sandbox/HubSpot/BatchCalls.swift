import Foundation

/// Calls that write several records.
enum BatchCalls {
  /// One bad value fails them all. An address that is taken fails its own record where every input can be told from the
  /// others by a trace id, else them all as well.
  static func create(
    _ kind: CRMKind, _ body: JSON, now: Date, _ state: inout HubSpotState
  ) throws(HubSpotRefusal) -> Reply {
    let inputs = body["inputs"].items
    let traces = inputs.compactMap { $0["objectWriteTraceId"].text }
    let isTraced = traces.count == inputs.count && Set(traces).count == inputs.count
    for input in inputs { try check(kind, input, state) }
    var after = state
    var results: [JSON] = []
    var errors: [JSON] = []
    for input in inputs {
      do throws(HubSpotRefusal) {
        var made = try RecordCalls.created(kind, input, now: now, &after)
        made["objectWriteTraceId"] = input["objectWriteTraceId"]
        results.append(made)
      } catch {
        guard isTraced, error.status == 409 else { throw error }
        var fault = error.body
        fault["context"] = ["objectWriteTraceId": [input["objectWriteTraceId"]]]
        errors.append(fault)
      }
    }
    state = after
    return reply(results, errors, status: 201)
  }

  private static func check(_ kind: CRMKind, _ input: JSON, _ state: HubSpotState) throws(HubSpotRefusal) {
    let values = try PropertyRules.checked(input["properties"], kind, old: [:], state)
    try PropertyRules.checkRequired(kind, values)
  }

  /// Records that are gone are left out and named.
  static func update(
    _ kind: CRMKind, _ body: JSON, now: Date, _ state: inout HubSpotState
  ) throws(HubSpotRefusal) -> Reply {
    let inputs = body["inputs"].items
    let ids = inputs.compactMap { $0["id"].text }
    guard Set(ids).count == ids.count else { throw .invalid("Duplicate IDs found in batch input") }
    guard inputs.allSatisfy({ $0["idProperty"].isNull }) else { throw .invalid("idProperty is not supported here") }
    var after = state
    var results: [JSON] = []
    var missing: [JSON] = []
    for input in inputs {
      let id = input["id"].text ?? ""
      guard state.record(kind, id) != nil else {
        missing.append(.string(id))
        continue
      }
      results.append(try RecordCalls.updated(kind, id, input, now: now, &after))
    }
    state = after
    return RecordCalls.batch(results, missing: missing)
  }

  private static func reply(_ results: [JSON], _ errors: [JSON], status: Int) -> Reply {
    var out: JSON = ["status": "COMPLETE", "results": .array(results)]
    guard !errors.isEmpty else { return .json(out, status: status) }
    out["numErrors"] = .int(errors.count)
    out["errors"] = .array(errors)
    return .json(out, status: 207)
  }
}
