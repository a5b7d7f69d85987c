using System.Collections.Concurrent;
using StackHub.Sandbox.Hosting;

namespace StackHub.Conformance.Tests.Traffic;

/// <summary>Writes down what goes over the wire of every sandbox it listens to.</summary>
public sealed class ExchangeLog
{
    private readonly ConcurrentQueue<Exchange> exchanges = [];

    public IReadOnlyCollection<Exchange> Exchanges => exchanges;

    public void ListenTo(VendorSandbox vendor) => vendor.Exchanged += Add;

    public void Add(Exchange exchange) => exchanges.Enqueue(exchange);
}
