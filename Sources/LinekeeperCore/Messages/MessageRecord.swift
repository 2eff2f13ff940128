// The raw values below are those of the published protos and of the store: never renumber.

/// Which way a message went, seen from here.
public enum MessageDirection: UInt8, Hashable, Sendable, CaseIterable {
    case inbound = 1, outbound
}

/// What a message was sent as.
public enum MessageKind: UInt8, Hashable, Sendable, CaseIterable {
    case sms = 1, mms
}

/// A picture, sound or file of a message, where its carrier keeps it.
public struct MessageMedia: Hashable, Sendable {
    public var url: String
    /// Empty where the carrier did not say.
    public var contentType: String

    /// A piece of media. Neither part holds control characters.
    public init(url: String, contentType: String) {
        self.url = url
        self.contentType = contentType
    }
}

/// One SMS or MMS of the history; never changed.
public struct MessageRecord: Hashable, Sendable {
    public var key: Int64
    public var id: MessageID
    public var at: Timestamp
    public var direction: MessageDirection
    public var kind: MessageKind
    public var from: E164
    public var to: E164
    public var body: String
    public var media: [MessageMedia]
    public var number: NumberID
    /// Empty where nobody held the number's SMS profile.
    public var agentID: String
    /// As the carrier says.
    public var status: String
    /// Empty where the carrier gave none.
    public var carrierMessageID: String

    /// A message as it was read.
    public init(
        key: Int64, id: MessageID, at: Timestamp, direction: MessageDirection, kind: MessageKind,
        from: E164, to: E164, body: String, media: [MessageMedia], number: NumberID,
        agentID: String, status: String, carrierMessageID: String
    ) {
        self.key = key
        self.id = id
        self.at = at
        self.direction = direction
        self.kind = kind
        self.from = from
        self.to = to
        self.body = body
        self.media = media
        self.number = number
        self.agentID = agentID
        self.status = status
        self.carrierMessageID = carrierMessageID
    }
}

/// A message about to be recorded.
public struct NewMessage: Hashable, Sendable {
    public var id: MessageID
    public var at: Timestamp
    public var direction: MessageDirection
    public var kind: MessageKind
    public var from: E164
    public var to: E164
    public var body: String
    public var media: [MessageMedia]
    /// `nil`: whoever holds the number's SMS profile now.
    public var agent: AgentID?
    public var status: String
    public var carrierMessageID: String

    /// A message in its final form.
    public init(
        id: MessageID, at: Timestamp, direction: MessageDirection, kind: MessageKind, from: E164,
        to: E164, body: String, media: [MessageMedia], agent: AgentID?, status: String,
        carrierMessageID: String
    ) {
        self.id = id
        self.at = at
        self.direction = direction
        self.kind = kind
        self.from = from
        self.to = to
        self.body = body
        self.media = media
        self.agent = agent
        self.status = status
        self.carrierMessageID = carrierMessageID
    }

    /// Which of the two numbers is held here.
    public var ours: E164 { direction == .inbound ? to : from }
}

/// Which messages a list shows; every part that is set must match.
public struct MessageFilter: Hashable, Sendable {
    public var number: NumberKey?
    public var agentID: String?
    public var direction: MessageDirection?
    public var kind: MessageKind?
    public var from: Timestamp?
    /// Exclusive.
    public var until: Timestamp?
    /// Part of the body, in either case of the letters A to Z.
    public var text: String?

    /// Every message.
    public init() {}
}
