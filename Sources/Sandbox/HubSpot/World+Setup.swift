extension World {
  /// Puts a list into the account that HubSpot fills by rules.
  public func addDynamicList(_ id: String) { change { _ = $0.hubSpot.dynamicLists.insert(id) } }

  /// Whether people and apps may write a property.
  public func setReadOnly(_ kind: CRMKind, _ name: String, _ readOnly: Bool = true) {
    change { state in
      guard let index = state.hubSpot.properties[kind]?.firstIndex(where: { $0.name == name }) else { return }
      state.hubSpot.properties[kind]?[index].readOnly = readOnly
    }
  }

  /// The type of a kind's property, and the group it is in; nil: there is none.
  public func property(_ kind: CRMKind, _ name: String) -> (type: String, group: String)? {
    read { state in state.hubSpot.property(kind, name).map { ($0.type, $0.group) } }
  }
}
