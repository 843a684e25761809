import { Smile } from "lucide-react";
import { useState } from "react";
import { IconButton, Popover } from "@app/ui/mod.ts";
import { useSpeech } from "../../lib/speech.ts";

/** What people who sell use; everything else is on the keyboard of the device. */
const EMOJI =
  "😀 😃 😄 😁 😅 😂 🙂 😉 😊 😍 😘 😎 🤗 🤔 🙄 😴 😢 😭 😡 😱 🤝 👍 👎 👌 ✌️ 🙏 👏 💪 👋 🤞 ❤️ 💛 💚 💙 💜 💔 🔥 ⭐ ✨ 🎉 🎁 🎂 📦 🚚 🛒 🏷️ 💳 💵 🧾 📍 🕐 📅 📞 📷 📎 ✅ ❌ ⚠️ ❓ ❗"
    .split(" ");

/** A small board of emoji. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { words } = useSpeech();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      label={words.composer.emoji}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <IconButton label={words.composer.emoji} data-testid="emoji" className="max-sm:hidden!">
          <Smile size={21} aria-hidden="true" />
        </IconButton>
      }
    >
      <div className="grid grid-cols-8 gap-0.5">
        {EMOJI.map((emoji) => (
          <button
            key={emoji}
            type="button"
            onClick={() => {
              onPick(emoji);
              setIsOpen(false);
            }}
            className="grid size-9 place-items-center rounded-lg text-xl hover:bg-accent-soft"
          >
            {emoji}
          </button>
        ))}
      </div>
    </Popover>
  );
}
