using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Storage;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>Notes every body on its way into a queue.</summary>
internal sealed class TappedQueue(IMessageQueue queue, ConcurrentQueue<string> bodies) : IMessageQueue
{
    public static void Into(IServiceCollection services, ConcurrentQueue<string> bodies)
    {
        var own = services.Last(service => service.ServiceType == typeof(IMessageQueue)).ImplementationType!;
        services.AddSingleton<IMessageQueue>(provider => new TappedQueue((IMessageQueue)ActivatorUtilities.CreateInstance(provider, own), bodies));
    }

    public Task SendAsync(string queueName, string body, TimeSpan delay, CancellationToken cancellationToken)
    {
        bodies.Enqueue(body);
        return queue.SendAsync(queueName, body, delay, cancellationToken);
    }

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queueName, int max, TimeSpan visibility, CancellationToken cancellationToken) => queue.ReceiveAsync(queueName, max, visibility, cancellationToken);

    public Task<QueueMessage?> ExtendAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken) => queue.ExtendAsync(message, visibility, cancellationToken);

    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken) => queue.DeleteAsync(message, cancellationToken);

    public Task<int> CountAsync(string queueName, CancellationToken cancellationToken) => queue.CountAsync(queueName, cancellationToken);

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queueName, int max, CancellationToken cancellationToken) => queue.PeekAsync(queueName, max, cancellationToken);

    public Task WaitAsync(string queueName, TimeSpan timeout, CancellationToken cancellationToken) => queue.WaitAsync(queueName, timeout, cancellationToken);
}
