using System.Text;
using StackHub.Sqlite.Engine;
using StackHub.Storage;

namespace StackHub.Sqlite.Queues;

/// <summary>
/// The message statements. Messages lie in the order of their visible time: receiving one moves it behind the visible ones, and its old
/// place, which is part of the receipt, is empty from then on.
/// </summary>
internal static class Messages
{
    private static readonly Query SendOne = new("INSERT INTO messages (queue, visible, id, inserted, received, receipt, body) VALUES (?, ?, ?, ?, 0, 0, ?)");
    private static readonly Query Due = new("SELECT id, visible, inserted, received, body FROM messages WHERE queue = ? AND visible <= ? ORDER BY visible, id LIMIT ?");
    private static readonly Query Hide = new("UPDATE messages SET visible = ?4, receipt = ?5, received = received + 1 WHERE queue = ?1 AND visible = ?2 AND id = ?3");
    private static readonly Query Move = new("UPDATE messages SET visible = ?4, receipt = ?5 WHERE queue = ?1 AND visible = ?2 AND id = ?3 AND receipt = ?6");
    private static readonly Query DeleteOne = new("DELETE FROM messages WHERE queue = ? AND visible = ? AND id = ? AND receipt = ?");
    private static readonly Query First = new("SELECT visible FROM messages WHERE queue = ? ORDER BY visible LIMIT 1");
    private static readonly Query Depth = new("SELECT depth FROM queues WHERE id = ?");

    public static bool Send(Writer writer, (int Queue, long Now, long Visible, byte[] Body) message)
    {
        using var run = writer.Connection.Start(SendOne);
        run.Bind(1, message.Queue);
        run.Bind(2, message.Visible);
        run.Bind(3, writer.NextStamp());
        run.Bind(4, message.Now);
        run.Bind(5, message.Body);
        run.Step();
        writer.Deepen(message.Queue, 1);
        return true;
    }

    public static List<QueueMessage> Receive(Writer writer, (string Name, int Queue, int Max, long Now, long Visible) request)
    {
        var due = Find(writer.Connection, (request.Queue, request.Now, request.Max));
        var messages = new List<QueueMessage>(due.Count);
        foreach (var message in due)
        {
            var receipt = new Receipt(request.Visible, writer.NextStamp());
            using var run = writer.Connection.Start(Hide);
            BindPlace(run, request.Queue, message.Visible, message.Id);
            run.Bind(4, receipt.Visible);
            run.Bind(5, receipt.Stamp);
            run.Step();
            messages.Add(message.Received(request.Name, receipt.ToString(), message.Count + 1));
        }
        return messages;
    }

    public static List<DueMessage> Find(Connection connection, (int Queue, long Now, int Max) request)
    {
        using var run = connection.Start(Due);
        run.Bind(1, request.Queue);
        run.Bind(2, request.Now);
        run.Bind(3, request.Max);
        var due = new List<DueMessage>();
        while (run.Step())
            due.Add(new DueMessage(run.Long(0), run.Long(1), run.Long(2), run.Int(3), Encoding.UTF8.GetString(run.Bytes(4))));
        return due;
    }

    /// <summary>The new receipt, or null when the old one is stale.</summary>
    public static Receipt? Extend(Writer writer, (int Queue, long Id, Receipt Receipt, long Visible) request)
    {
        var receipt = new Receipt(request.Visible, writer.NextStamp());
        using var run = writer.Connection.Start(Move);
        BindPlace(run, request.Queue, request.Receipt.Visible, request.Id);
        run.Bind(4, receipt.Visible);
        run.Bind(5, receipt.Stamp);
        run.Bind(6, request.Receipt.Stamp);
        return run.Change() == 1 ? receipt : null;
    }

    public static bool Delete(Writer writer, (int Queue, long Id, Receipt Receipt) request)
    {
        using var run = writer.Connection.Start(DeleteOne);
        BindPlace(run, request.Queue, request.Receipt.Visible, request.Id);
        run.Bind(4, request.Receipt.Stamp);
        if (run.Change() == 0)
            return false;
        writer.Deepen(request.Queue, -1);
        return true;
    }

    /// <summary>When the next message is or becomes visible; null when there is none.</summary>
    public static long? NextVisible(Connection connection, int queue)
    {
        using var run = connection.Start(First);
        run.Bind(1, queue);
        return run.Step() ? run.Long(0) : null;
    }

    public static int Count(Connection connection, int queue)
    {
        using var run = connection.Start(Depth);
        run.Bind(1, queue);
        return run.Step() ? run.Int(0) : 0;
    }

    private static void BindPlace(Run run, int queue, long visible, long id)
    {
        run.Bind(1, queue);
        run.Bind(2, visible);
        run.Bind(3, id);
    }
}
