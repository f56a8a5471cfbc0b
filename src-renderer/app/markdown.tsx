import { Check, Copy } from 'lucide-react';
import { memo, useEffect, useState, type ReactNode } from 'react';
import Renderer, { type Components, type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { splitBlocks } from '../ui/split-blocks.ts';
import { bridge } from './bridge.ts';
import { showError } from './error-toast.tsx';
import { ExternalLink } from './external-link.tsx';

const plugins: NonNullable<Options['remarkPlugins']> = [remarkGfm];

/** Words of others, drawn without letting them do anything: no HTML, no pictures from elsewhere, links only after a look. */
const components: Components = {
  a: ({ href, children }) =>
    isOpenable(href) ? <ExternalLink address={href}>{children}</ExternalLink> : <span>{children}</span>,
  // A picture from elsewhere would tell its server that the answer was read.
  img: ({ src, alt }) => {
    const words = alt === undefined || alt === '' ? 'Picture' : alt;
    return typeof src === 'string' && isOpenable(src) ? (
      <ExternalLink address={src}>{words}</ExternalLink>
    ) : (
      <span>{words}</span>
    );
  },
  pre: ({ node, children }) => <CodeBlock text={textOf(node)}>{children}</CodeBlock>,
  table: ({ children }) => (
    <div tabIndex={0} role="group" aria-label="Table" className="my-3 overflow-x-auto">
      <table className="w-full border-collapse text-left wrap-break-word [&_td]:border-t [&_td]:border-line [&_td]:px-2.5 [&_td]:py-1.5 [&_th]:px-2.5 [&_th]:py-1.5 [&_th]:font-semibold">
        {children}
      </table>
    </div>
  ),
  input: ({ checked }) => (
    <span aria-hidden className="mr-1.5">
      {checked === true ? '☑' : '☐'}
    </span>
  ),
};

/** Only what react-markdown leaves of an address; the guard in main has the last word. */
function isOpenable(address: string | undefined): address is string {
  return address !== undefined && /^(https?|mailto):/i.test(address);
}

interface MarkdownProps {
  text: string;
  /** Further elements, for instance citations; must stay the same object between renderings. */
  extraPlugins?: NonNullable<Options['remarkPlugins']>;
  extraComponents?: Components;
  className?: string;
}

/** A Markdown text. While it grows, only its last block is drawn again. */
export function Markdown({ text, extraPlugins, extraComponents, className }: MarkdownProps) {
  return (
    <div className={classNames(proseClasses, className)}>
      {splitBlocks(text).map((block, index) => (
        // Blocks are only ever added at the end.
        <Block
          key={index}
          text={block}
          {...(extraPlugins === undefined ? {} : { extraPlugins })}
          {...(extraComponents === undefined ? {} : { extraComponents })}
        />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text, extraPlugins, extraComponents }: MarkdownProps) {
  return (
    <Renderer
      skipHtml
      remarkPlugins={extraPlugins === undefined ? plugins : [...plugins, ...extraPlugins]}
      components={extraComponents === undefined ? components : { ...components, ...extraComponents }}
    >
      {text}
    </Renderer>
  );
});

const proseClasses =
  'selectable text-base leading-relaxed wrap-anywhere [&>:first-child]:mt-0 [&_blockquote]:my-3 [&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-3.5 [&_blockquote]:text-ink-soft [&_h1]:mt-5 [&_h1]:mb-2 [&_h1]:text-lg [&_h1]:font-semibold [&_h2]:mt-5 [&_h2]:mb-1.5 [&_h2]:text-lg [&_h2]:font-semibold [&_h3]:mt-4 [&_h3]:mb-1 [&_h3]:font-semibold [&_h4]:mt-4 [&_h4]:font-semibold [&_hr]:my-5 [&_hr]:border-line [&_li]:my-1 [&_ol]:my-2 [&_ol]:list-decimal [&_ol]:pl-6 [&_p]:my-2.5 [&_ul]:my-2 [&_ul]:list-disc [&_ul]:pl-6 [&_:not(pre)>code]:rounded [&_:not(pre)>code]:bg-hover [&_:not(pre)>code]:px-1.5 [&_:not(pre)>code]:py-0.5 [&_:not(pre)>code]:font-mono [&_:not(pre)>code]:text-[0.8125rem]';

interface HastNode {
  value?: unknown;
  children?: readonly HastNode[];
}

function textOf(node: HastNode | undefined): string {
  if (node === undefined) return '';
  if (typeof node.value === 'string') return node.value;
  return (node.children ?? []).map(textOf).join('');
}

const copiedShownMs = 1600;

function CodeBlock({ text, children }: { text: string; children: ReactNode }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), copiedShownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    const result = await bridge.copyText(text);
    if (result.ok) setIsCopied(true);
    else showError(result.error);
  };
  return (
    <div className="group/code relative my-3">
      <pre
        tabIndex={0}
        aria-label="Code"
        className="overflow-x-auto rounded-lg border border-line bg-panel py-3 pr-11 pl-3.5 font-mono text-[0.8125rem] leading-5"
      >
        {children}
      </pre>
      <IconButton
        label={isCopied ? 'Copied' : 'Copy the code'}
        size="icon-small"
        className="absolute top-1.5 right-1.5 bg-panel opacity-0 group-focus-within/code:opacity-100 group-hover/code:opacity-100"
        onClick={() => void copy()}
      >
        {isCopied ? <Check /> : <Copy />}
      </IconButton>
    </div>
  );
}
