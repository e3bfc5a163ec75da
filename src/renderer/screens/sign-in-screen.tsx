import { TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { MessagePage } from '#renderer/parts/message-page.tsx';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { words } from '#renderer/words/en.ts';
import './sign-in-screen.css';

interface SignInScreenProps {
  readonly why: 'no-session' | 'refused';
  readonly onToken: (token: string) => void;
}

/** Nobody is signed in: why, and how to go on. */
export function SignInScreen({ why, onToken }: SignInScreenProps): ReactNode {
  const [token, setToken] = useState('');
  const text = token.trim().replace(/^.*#token=/, '');
  return (
    <main className="sign-in">
      <MessagePage
        icon={<IconLock aria-hidden="true" stroke={1.5} />}
        title={words.link.signedOutTitle}
        what={`${why === 'refused' ? words.link.signedOutRefused : words.link.signedOutNone} ${words.link.signedOutDo}`}
        testId="page-signed-out"
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text !== '') onToken(text);
          }}
        >
          <TextInput
            label={words.link.token}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            size="lg"
            data-testid="token"
          />
          <TouchButton weight="main" disabled={text === ''} onPress={() => onToken(text)} testId="sign-in">
            {words.link.signIn}
          </TouchButton>
        </form>
      </MessagePage>
    </main>
  );
}
