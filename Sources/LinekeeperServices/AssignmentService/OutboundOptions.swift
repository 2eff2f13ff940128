import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension AssignmentService {
    /// Options in one answer when the request does not ask for pages.
    private static let optionsMax = 25_000
    /// Bytes of options in one answer; a response holds 4 MiB.
    private static let optionBytesMax = 3 << 20

    func registerOutboundOptions(in methods: inout MethodTable) {
        let context = context
        methods.query(
            Self.path + "ListOutboundOptions", role: .viewer, context: context,
            workspace: \.workspaceID
        ) { (request: Proto.ListOutboundOptionsRequest, reader, workspace) throws(DomainError) in
            var page = try context.pageTokens.page(of: request, in: workspace)
            if (request.page?.pageSize ?? 0) == 0 { page.size = Self.optionsMax }
            var choices = try reader.outboundChoices(in: workspace, page: page)
            Self.cut(&choices)
            return Proto.ListOutboundOptionsResponse.with {
                $0.options = choices.rows.map(Proto.OutboundOption.init)
                $0.nextPageToken = context.pageTokens.token(
                    after: choices.next, of: request, in: workspace)
            }
        }
    }

    /// Ends a page early where its bytes would not fit an answer.
    private static func cut(_ page: inout PageOf<OutboundChoice>) {
        var bytes = 0
        let fitting = page.rows.prefix { choice in
            // Besides what is counted there are the number and the fields' tags.
            bytes += choice.id.text.utf8.count + choice.name.utf8.count
            bytes += choice.warning.utf8.count + 40
            return bytes <= optionBytesMax
        }
        guard fitting.count < page.rows.count else { return }
        page = PageOf(rows: Array(fitting), next: fitting.last?.position)
    }
}

extension Proto.OutboundOption {
    fileprivate init(_ choice: OutboundChoice) {
        self.init()
        value = choice.id.text
        label = choice.name
        e164 = choice.number?.e164.description ?? ""
        outboundEnabled = choice.isOutboundEnabled
        reason = Proto.OutboundReason(choice.reason)
        warning = choice.warning
    }
}
