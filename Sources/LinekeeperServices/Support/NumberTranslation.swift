package import LinekeeperCore
package import LinekeeperProto

extension ProtoEnum {
    /// The wire's value for one of the core's; both count alike.
    package init<Value: RawRepresentable>(_ value: Value) where Value.RawValue == UInt8 {
        self.init(rawValue: Int32(value.rawValue))
    }
}

extension Proto.PhoneNumber {
    /// A number as it is shown.
    package init(_ number: NumberRecord) {
        self.init()
        numberID = number.id.description
        e164 = number.e164.description
        workspaceID = number.workspace.description
        label = number.label
        countryCode = number.countryCode
        regionLabel = number.regionLabel
        type = Proto.NumberType(number.type)
        capabilities = Proto.Capability.list(number.capabilities)
        origin = Proto.Origin(number.origin)
        carrier = Proto.Carrier(number.carrier)
        carrierLabel = number.carrierLabel
        connectionID = number.connection?.description ?? ""
        status = Proto.NumberStatus(number.status)
        webhookMode = Proto.WebhookMode(number.webhookMode)
        region = number.region?.rawValue ?? ""
        regionSupported = number.carrier == .twilio
        monthlyCostCredits = number.monthlyCostCredits
        renewsAt = number.renewsAt.map(Proto.Timestamp.init)
        orderID = number.orderID
        releaseProtected = number.releaseProtected
        outboundLock = number.outboundLocked
        assignments = .with {
            $0.inbound = number.inbound.map(Proto.AgentRef.init)
            $0.outbound = number.outbound.map(Proto.AgentRef.init)
            $0.sms = number.sms.map(Proto.AgentRef.init)
        }
        outboundEnabled = number.outboundEnabled
        fallback = number.fallback.map(Proto.Fallback.init)
        ringTimeoutOverrideSeconds = number.ringTimeoutOverride.map(UInt32.init)
        forwardedFrom = number.forwardedFrom.map(\.description)
        tags = number.tags
        createdAt = Proto.Timestamp(number.createdAt)
        updatedAt = Proto.Timestamp(number.updatedAt)
        version = number.version
        allowedDestinationPrefixes = number.allowedDestinations.map(\.description)
        releaseAt = number.releaseAt.map(Proto.Timestamp.init)
    }
}

extension Proto.AgentRef {
    /// An agent by id and name.
    package init(_ agent: NumberRecord.AgentName) {
        self.init()
        agentID = agent.id
        agentName = agent.name
    }
}

extension Proto.Fallback {
    /// What answers when the agent cannot.
    package init(_ fallback: NumberRecord.FallbackRecord) {
        self.init()
        switch fallback {
        case .agent(let agent): action = .agentID(agent.id)
        case .forward(let number): action = .forwardToE164(number.description)
        case .reject: action = .reject(true)
        }
    }
}

extension Proto.Capability {
    private static let bits: [(Capabilities, Proto.Capability)] = [
        (.voice, .voice), (.sms, .sms), (.mms, .mms), (.fax, .fax), (.voicemail, .voicemail),
    ]

    /// The capabilities that a number has, in the order of the proto.
    package static func list(_ capabilities: Capabilities) -> [Proto.Capability] {
        bits.filter { capabilities.contains($0.0) }.map(\.1)
    }

    /// Reads a list of capabilities.
    ///
    /// - Throws: `invalidArgument` for a value that is unspecified or unknown.
    package static func set(
        _ list: [Proto.Capability], field: String
    ) throws(DomainError) -> Capabilities {
        var set: Capabilities = []
        for item in list {
            guard let known = bits.first(where: { $0.1 == item }) else {
                throw DomainError(
                    .invalidArgument,
                    "\(field) takes VOICE, SMS, MMS, FAX and VOICEMAIL.", field: field)
            }
            set.insert(known.0)
        }
        return set
    }
}

extension Proto.Timestamp {
    /// A moment; the store's microseconds become nanoseconds without loss.
    package init(_ moment: Timestamp) {
        self.init()
        let (whole, rest) = moment.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        seconds = rest < 0 ? whole - 1 : whole
        nanos = Int32(truncatingIfNeeded: (rest < 0 ? rest + 1_000_000 : rest) * 1_000)
    }
}

extension Timestamp {
    /// The last second that a protobuf Timestamp can name: 9999-12-31T23:59:59Z.
    private static let secondsMax: Int64 = 253_402_300_799
    /// The first: 0001-01-01T00:00:00Z.
    private static let secondsMin: Int64 = -62_135_596_800

    /// Reads a moment, cut down to whole microseconds.
    ///
    /// - Throws: `invalidArgument` when it is outside the years 1 to 9999.
    package init(_ wire: Proto.Timestamp, field: String) throws(DomainError) {
        guard (Timestamp.secondsMin...Timestamp.secondsMax).contains(wire.seconds),
            (0...999_999_999).contains(wire.nanos)
        else {
            throw DomainError(
                .invalidArgument,
                "\(field) must be a time in the years 1 to 9999, with 0 to 999,999,999 nanoseconds.",
                field: field)
        }
        // Some 2.5 * 10^17 at most: it fits.
        self.init(microseconds: wire.seconds * 1_000_000 + Int64(wire.nanos) / 1_000)
    }
}

/// A span of time in a filter, read.
package struct ReadTimeRange: Sendable {
    /// Inclusive.
    package var from: Timestamp?
    /// Exclusive.
    package var until: Timestamp?

    /// Reads a range; absent ends are open.
    ///
    /// - Throws: `invalidArgument` when it ends before it begins.
    package init(_ wire: Proto.TimeRange?, field: String) throws(DomainError) {
        if let moment = wire?.from { from = try Timestamp(moment, field: "\(field).from") }
        if let moment = wire?.until { until = try Timestamp(moment, field: "\(field).until") }
        if let from, let until, until < from {
            throw DomainError(
                .invalidArgument, "\(field).until must not lie before \(field).from.",
                field: "\(field).until")
        }
    }
}
