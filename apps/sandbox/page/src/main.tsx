import { render } from 'preact';
import { z } from 'zod';
import { App } from './App.js';
import { follow } from './state/live.js';
import './styles/base.css';
import './styles/chat.css';
import './styles/compose.css';
import './styles/drawer.css';

// The page's Content-Security-Policy forbids making code out of text, which zod would try for speed.
z.config({ jitless: true });

const root = document.getElementById('page');
if (root !== null) render(<App />, root);
follow();
