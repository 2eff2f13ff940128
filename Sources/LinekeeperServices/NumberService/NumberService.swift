import LinekeeperCore
import LinekeeperProto
public import LinekeeperRPC
import Logging

/// NumberService: a workspace's numbers, messages, credits and audit log.
public struct NumberService: Sendable {
    let context: ServiceContext
    /// Does at carriers what is asked for here; `nil`: left to the runner.
    let tasks: CarrierTasks?
    /// Drives what is bought here.
    let orders: OrderRunner
    let inventory: Inventory

    static let path = "/linekeeper.v1.NumberService/"

    /// The service.
    ///
    /// - Parameter orders: What drives orders; its accounts decide what can be bought. `nil`: nothing
    ///   is sold.
    public init(
        context: ServiceContext, tasks: CarrierTasks? = nil, orders: OrderRunner? = nil
    ) {
        self.context = context
        self.tasks = tasks
        self.orders =
            orders
            ?? OrderRunner(
                context: context, accounts: PlatformAccounts(),
                logger: Logger(label: "linekeeperd"))
        inventory = Inventory(context: context)
    }

    /// Adds the service's methods.
    public func register(in methods: inout MethodTable) {
        registerListing(in: &methods)
        registerChanges(in: &methods)
        registerSources(in: &methods)
        registerSearch(in: &methods)
        registerPurchase(in: &methods)
        registerOrders(in: &methods)
        registerRegions(in: &methods)
        registerForwarding(in: &methods)
        registerMessages(in: &methods)
        registerCredits(in: &methods)
        registerEvents(in: &methods)
    }
}
