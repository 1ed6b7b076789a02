using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace WebHost.Users;

/// <summary>The configured people. Thread-safe.</summary>
internal sealed class DemoUsers(IReadOnlyList<DemoUser> users)
{
    public DemoUser? Find(string name, string password) => users.FirstOrDefault(user =>
        user.Name == name && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(user.Password), Encoding.UTF8.GetBytes(password)));

    public DemoUser? Find(ClaimsPrincipal person) =>
        users.FirstOrDefault(user => user.Name == person.FindFirstValue(ClaimTypes.NameIdentifier));

    public bool OwnsChat(Guid clientId, Guid chatId) => users.Any(user => user.ClientId == clientId && user.Chats.ContainsValue(chatId));
}
